"""The one view behind all endpoints: strict parameters in, a bounded number of queries, JSON out."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.http import Http404
from django.urls import path, register_converter
from django.utils import translation
from rest_framework.exceptions import APIException
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView
from wagtail.api.v2.serializers import get_serializer_class
from wagtail.api.v2.views import BaseAPIViewSet

from . import errors, expansion, selection
from .backends import LocaleBackend, OrderBackend, PlaceBackend, SearchBackend
from .companions import Companions
from .filters import FilterBackend
from .keyset import Term
from .limits import AddressLimit, TokenLimit
from .openapi import ReadSchema
from .paging import Paging
from .parameters import Parameter, read_query
from .public import PublicView
from .serializers import ReadSerializer
from .together import expanded, put_together, shelf_of
from .tokens import TokenAuthentication
from .usage import note_read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern
    from rest_framework.request import Request

    from .shelf import Shelf


# The names of the parameters of each view, for its lists and for its single rows: to describe them all takes longer.
_NAMES: dict[tuple[type, bool], list[str]] = {}


class RowKey:
    """A row's number in an address; longer ones than any database can hold are no address at all."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        """Read the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Write the number."""
        return str(value)


register_converter(RowKey, "row")


class AlwaysJSON(BaseContentNegotiation):
    """Whatever a client says it accepts, it gets JSON."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        """Return none: nothing is ever parsed."""
        return None

    def select_renderer(self, request: Request, renderers: Iterable[Any], format_suffix: Any = None) -> Any:
        """Return the one renderer."""
        renderer = next(iter(renderers))
        return renderer, renderer.media_type


class Anonymous(APIView):
    """What every view of ours is: open to all, without session, in JSON. A token is no key here, but an own count."""

    authentication_classes = (TokenAuthentication,)
    permission_classes = (AllowAny,)
    throttle_classes: Any = (AddressLimit, TokenLimit)
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = AlwaysJSON

    limit_headers: ClassVar[dict[str, str]] = {}

    def perform_authentication(self, request: Any) -> None:
        """Count also who comes with a bad token: whoever tries many is told to wait."""
        try:
            super().perform_authentication(request)
        except APIException:
            self.check_throttles(request)
            raise
        if request.auth is not None:
            self.note_use(request.auth)

    def note_use(self, token: Any) -> None:
        """Count the use of a token."""
        note_read(token)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Say how much more may be asked."""
        self.headers.update(self.limit_headers)
        return super().finalize_response(request, response, *args, **kwargs)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Say which methods there are, in the `Allow` header."""
        return Response(status=204)

    def handle_exception(self, error: Exception) -> Any:
        """Answer in our own words."""
        answer = errors.answer(error, self.request._request)
        return super().handle_exception(error) if answer is None else answer


def _keys(rows: Sequence[Any]) -> list[int]:
    return [getattr(row, "pk", row) for row in rows]


class ReadViewSet(Anonymous, BaseAPIViewSet):
    """List and detail of one kind of rows.

    `listing_omits` names the fields a list shows only when asked; `orderings` maps names to columns; `joined` names
    the relations that come along with each row.
    """

    base_serializer_class: Any = ReadSerializer
    pagination_class = Paging
    schema = ReadSchema()
    filter_backends: ClassVar[list[Any]] = [LocaleBackend, FilterBackend, PlaceBackend, OrderBackend, SearchBackend]
    filterset_class: Any = None

    endpoint = ""
    about: Any = ""
    # What its rows are called, and their shape, where the model's names do not say it.
    named: Any = ""
    component = ""
    listing_omits: ClassVar[frozenset[str]] = frozenset()
    orderings: ClassVar[dict[str, str]] = {"id": "pk", "title": "title"}
    default_order: ClassVar[tuple[str, ...]] = ("id",)
    joined: ClassVar[tuple[str, ...]] = ()
    # So many that they are joined only to the rows shown, which are asked for first.
    joins_late = False
    path_field = "path"
    # Filters that ask what time it is.
    by_clock: ClassVar[frozenset[str]] = frozenset()

    # What `expand` may name: relations, and relations of these.
    expandable: ClassVar[tuple[str, ...]] = ()
    relations: ClassVar[expansion.Tree] = {}

    # What else a detail may answer, by status.
    other_answers: ClassVar[dict[int, Any]] = {}

    asked: ClassVar[dict[str, str]] = {}
    terms: ClassVar[list[Term]] = []
    language = settings.LANGUAGE_CODE
    # Where rows of this list are kept ready.
    shelf: Shelf | None = None
    # The rows that codes in filters name, by filter.
    chosen: ClassVar[dict[str, set[int]]] = {}

    @property
    def asks_for_keys(self) -> bool:
        """Does the list need no more of its rows than which they are?"""
        return self.shelf is not None or self.joins_late

    @cached_property
    def public(self) -> PublicView:
        """Return what the public sees."""
        return PublicView()

    @classmethod
    def available(cls) -> list[str]:
        """Return the names of all fields."""
        return [*cls.body_fields, *cls.meta_fields]

    def parameters(self, *, listing: bool) -> list[Parameter]:
        """Return the parameters of the list or the detail."""
        fields = [selection.parameter(self.available())]
        if self.expandable:
            fields.append(expansion.parameter(self.expandable))
        if not listing:
            return fields
        backends = [parameter for backend in self.filter_backends for parameter in backend().parameters(self)]
        return [*fields, *self.paginator.parameters(), *backends]

    def serializer_class_for(self, names: list[str]) -> type[ReadSerializer]:
        """Return the serializer that shows these fields."""
        found: type[ReadSerializer] = get_serializer_class(
            self.model, names, meta_fields=self.meta_fields, base=self.base_serializer_class
        )
        if self.component:
            found.__name__ = f"{self.component}Serializer"
        return found

    def listing_view(self, request: Request) -> HttpResponseBase:
        """Answer a list, put together of rows that are ready where there are such."""
        self._read_query(request, listing=True)
        self._read_expansion(self._listed)
        found = self.filter_queryset(self.dressed(self.get_queryset()))
        self.shelf = shelf_of(self)
        rows = self.paginate_queryset(found)
        if self.shelf is None:
            late = self.joins_late and "search" not in self.asked
            shown = self.shown_in_list(self.rows_of(_keys(rows)) if late else rows)
            return self.get_paginated_response(self._expanded(shown))
        together = put_together(self, self.shelf, _keys(rows), self._names(self._listed))
        return self.paginator.answer_with(expanded(self, together) if self.relations else together)

    def rows_of(self, keys: Sequence[int]) -> list[Any]:
        """Return the public rows of these keys, in their order, with all they need: only they are joined to others."""
        found = {row.pk: row for row in self.dressed(self.get_queryset()).filter(pk__in=keys)} if keys else {}
        return [found[key] for key in keys if key in found]

    def is_lasting(self) -> bool:
        """Does the list stay as it is until something public changes, or a row of it by the clock?"""
        return not self.by_clock & set(self.asked)

    def shown_in_list(self, rows: Sequence[Any]) -> Any:
        """Return the rows as a list shows them."""
        return self._shown(rows, self._listed)

    @property
    def _listed(self) -> set[str]:
        return set(self.available()) - self.listing_omits

    def detail_view(self, request: Request, pk: int) -> HttpResponse:
        """Answer one row, whatever its language."""
        self._read_query(request, listing=False)
        self._read_expansion(set(self.available()))
        row = self.dressed(self.get_queryset()).filter(pk=pk).first()
        return self.answer_missing(pk) if row is None else self.answer_row(row)

    def answer_missing(self, pk: int) -> HttpResponse:
        """Answer for a number that nothing public has."""
        raise Http404

    def answer_row(self, row: Any) -> Any:
        """Answer with one row."""
        self.language = self.language_of(row)
        response: Any = Response(self._expanded(self._shown([row], set(self.available())))[0])
        # Whoever stores the answer asks what it is about.
        response.row, response.listing_omits = row, self.listing_omits
        return response

    def _read_query(self, request: Request, *, listing: bool) -> None:
        known = _NAMES.get((type(self), listing))
        if known is None:
            known = _NAMES[type(self), listing] = [each.name for each in self.parameters(listing=listing)]
        self.asked = read_query(request.META.get("QUERY_STRING", ""), known)  # type: ignore[misc]

    def _read_expansion(self, default: set[str]) -> None:
        asked, shown = self.asked.get(expansion.EXPAND), self._names(default)
        self.relations = expansion.asked_for(asked, self.expandable, shown)  # type: ignore[misc]

    def _expanded(self, rows: Any) -> Any:
        if self.relations:
            expansion.Expansion(self).put_into(rows, self.relations)
        return rows

    def beside(self, endpoint: str) -> ReadViewSet:
        """Return the view of another endpoint, in the same request."""
        request: Any = self.request
        view: ReadViewSet = request.wagtailapi_router._endpoints[endpoint]()
        view.request, view.action, view.kwargs, view.format_kwarg = request, "detail_view", {}, None
        view.public = self.public
        return view

    def whole(self, keys: Sequence[int]) -> Iterator[tuple[int, Any]]:
        """Yield the public rows of these keys as their own addresses answer."""
        by_language = defaultdict(list)
        for row in self.rows_of(keys):
            by_language[self.language_of(row)].append(row)
        for language, rows in by_language.items():
            self.language = language
            yield from zip(_keys(rows), self._shown(rows, set(self.available())), strict=True)

    def _names(self, default: set[str]) -> list[str]:
        return selection.selected(self.asked.get("fields"), self.available(), default)

    def _shown(self, rows: Sequence[Any], default: set[str]) -> Any:
        names = self._names(default)
        with (
            translation.override(self.language),
            Companions(rows, self.place_of, public=self.public, language=self.language) as companions,
        ):
            context = self.get_serializer_context() | {"companions": companions}
            return self.serializer_class_for(names)(rows, many=True, context=context).data

    def get_serializer_context(self) -> dict[str, Any]:
        """Return what representations know of the request."""
        request: Any = self.request
        return {"request": request, "view": self, "router": request.wagtailapi_router}

    def get_renderer_context(self) -> dict[str, Any]:
        """Do not indent; sites read this, and people have /api/docs/."""
        return super().get_renderer_context() | {"indent": None}

    def dressed(self, queryset: QuerySet) -> QuerySet:
        """Let come along what every row needs."""
        return queryset.select_related(*self.joined)

    def place_of(self, row: Any) -> str | None:
        """Return the tree path of a row's organisation."""
        found: str | None = row.path
        return found

    def ordering_field(self, name: str) -> str:
        """Return the column behind a name of `order`."""
        return self.orderings[name]

    def language_of(self, row: Any) -> str:
        """Return the language of a single row."""
        return str(row.locale.language_code) if hasattr(row, "locale_id") else self.language

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        """Return the addresses of list and detail."""
        as_view: Any = cls.as_view
        return [
            path("", as_view({"get": "listing_view"}), name="listing"),
            path("<row:pk>/", as_view({"get": "detail_view"}), name="detail"),
        ]
