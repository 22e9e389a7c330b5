"""What the API shows of an endpoint's rows, all of them, a few hundred at a time."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import RequestFactory

from cms.api.backends import OrderBackend, SearchBackend
from cms.api.parameters import read_query
from cms.api.urls import ENDPOINTS as VIEWS
from cms.api.urls import router

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest

Representation = dict[str, Any]

ENDPOINTS = {view.endpoint: view for view in VIEWS}
CHUNK = 500
# Order and search belong to reading; a file holds what passes the filters, in the order of the numbers.
NOT_OF_FILES = (OrderBackend, SearchBackend)


def online(row: Representation) -> str:
    """Return where a service is done on the web: here, or behind its provider's link; empty where it is not."""
    return str(row["do_url"] or row["link"])


class Rows:
    """The rows of one endpoint, asked as the API is asked: the same view, filters, visibility and representations."""

    def __init__(self, endpoint: str, fields: Collection[str], request: HttpRequest | None = None) -> None:
        self.fields = set(fields)
        self._request = request or from_outside()
        self._request.wagtailapi_router = router  # type: ignore[attr-defined]
        self._view: Any = ENDPOINTS[endpoint](action_map={"get": "listing_view"})
        self._view.args, self._view.kwargs = (), {}
        self._view.request = self._view.initialize_request(self._request)
        self._view.asked = {}  # type: ignore[misc]

    def ask_leave(self) -> None:
        """Count the question among those of its address, as the API does. Raises Throttled."""
        self._view.check_throttles(self._view.request)

    def narrow(self, query: str) -> None:
        """Keep what passes the filters of a query string. Raises BadParameterError."""
        parameters = [each for backend in self._backends for each in backend().parameters(self._view)]
        self._view.asked = read_query(query, [parameter.name for parameter in parameters])

    def keys(self, most: int) -> list[int]:
        """Return the numbers of the rows, at most as many. Raises BadParameterError."""
        return sorted(self._found.order_by().values_list("pk", flat=True)[:most])

    def of(self, keys: Sequence[int]) -> Iterator[Representation]:
        """Yield the rows with these numbers that are still public."""
        for start in range(0, len(keys), CHUNK):
            yield from self._shown(self._found.filter(pk__in=keys[start : start + CHUNK]).order_by("pk"))

    def all(self) -> Iterator[Representation]:
        """Yield all rows. Each chunk begins behind the last row of the one before: none is skipped or counted."""
        last = 0
        while rows := list(self._found.filter(pk__gt=last).order_by("pk")[:CHUNK]):
            yield from self._shown(rows)
            last = rows[-1].pk

    @property
    def _backends(self) -> list[Any]:
        return [each for each in self._view.filter_backends if not issubclass(each, NOT_OF_FILES)]

    @cached_property
    def _found(self) -> QuerySet:
        found = self._view.dressed(self._view.get_queryset())
        for backend in self._backends:
            found = backend().filter_queryset(self._view.request, found, self._view)
        return found

    def _shown(self, rows: Any) -> list[Representation]:
        shown: list[Representation] = self._view._shown(list(rows), self.fields)
        return shown


def from_outside() -> HttpRequest:
    """Return a request as it would come in under `BASE_URL`: addresses in files are those of the public site."""
    base = urlsplit(settings.BASE_URL)
    factory = RequestFactory(HTTP_HOST=base.netloc)
    return factory.get("/", secure=base.scheme == "https")
