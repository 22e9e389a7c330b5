"""What a query finds: how much of each kind, and a page of it."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import PlainText
from wagtail.search.utils import get_descendants_content_types_pks

from cms.api.public import PublicView
from pages.identity import source_locale_id
from pages.models import DisclosurePage, OrganisationPage, PublicationRecord
from snippets.models import CatalogueEntry, ServiceItem

from . import open_rows
from .backends.among import Among
from .backends.tries import Step, Try, Understood, tries, wider_tries
from .entries import EntryPlaces
from .excerpts import words_to_mark
from .kinds import PAGE_TYPES, Kind
from .lexicon import lexicon
from .narrowing import Narrowing
from .picked import Picked
from .vocabulary.looking import Meant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pages.presentation import Reader

NEWEST = "new"
# Of these no result holds all that was asked.
LOOSE = frozenset({Step.FEWER, Step.NEAR})
# What a result shows of a page. Notices are few, and tell more.
OF_ANY_PAGE = ("title", "url_path", "locale", "translation_key", "alias_of", "content_type")
SHOWN: dict[type[Page], tuple[str, ...]] = {
    DisclosurePage: (*OF_ANY_PAGE, "summary", "body"),
    OrganisationPage: (*OF_ANY_PAGE, "introduction", "address"),
}


class Search:
    """One query, put to pages, service items and entries of catalogues; asks nothing before it is asked.

    `query` has no NUL and is in Simplified characters. How far it is widened is decided once, for all kinds.
    """

    def __init__(self, query: str, reader: Reader, order: str = "", narrowing: Narrowing | None = None) -> None:
        self.query, self.reader, self.newest_first = query, reader, order == NEWEST
        self.narrowing = narrowing or Narrowing()
        self.public = PublicView()
        self.places = EntryPlaces(reader, self.public)
        self.meant = Meant(query)
        self.attempt: Try | None = None
        self._lists: dict[Try | None, Any] = {}
        self._few: dict[Try | None, dict[Kind, list[int]]] = {}
        self._few_picked: dict[tuple[Try | None, Kind], Picked] = {}

    @cached_property
    def numbers(self) -> dict[Kind, int]:
        """Count what is found of each kind, by the narrowest reading of the query that finds anything at all."""
        words = lexicon()
        tried = set()
        for attempt in chain(tries(PlainText(self.query), words), wider_tries(self.query, words, self.meant)):
            if attempt.condition.expression and attempt.condition not in tried:
                tried.add(attempt.condition)
                self.attempt = attempt
                if any((numbers := self._count()).values()):
                    return numbers
        self.attempt = None
        return dict.fromkeys(Kind, 0)

    def _count(self) -> dict[Kind, int]:
        """Count by the reading in force: all pages at once, services, entries."""
        numbers = dict.fromkeys(Kind, 0)
        by_type = self.all_pages.by_type()
        for kind, model in PAGE_TYPES.items():
            types = set(get_descendants_content_types_pks(model))
            numbers[kind] = sum(number for pk, number in by_type.items() if pk in types)
        return numbers | {kind: len(keys) for kind, keys in self.few.items()}

    @property
    def words(self) -> list[str]:
        """Return the words to mark in results: what was asked, and what was looked for."""
        attempt = self.attempt if self.numbers else None
        return words_to_mark(self.query, attempt.condition.expression if attempt else None)

    @property
    def few(self) -> dict[Kind, list[int]]:
        """Return the keys of services and entries that are found, by the reading in force: looked for once."""
        if self.attempt not in self._few:
            among = {Kind.SERVICE: self._service_items(), Kind.ENTRY: self._catalogue_entries()}
            asked = {kind: rows for kind, rows in among.items() if rows is not None}
            expression = self.attempt.condition.expression if self.attempt else None
            keys = get_search_backend().few(expression, list(asked.values())) if asked and expression else []
            self._few[self.attempt] = {Kind.SERVICE: [], Kind.ENTRY: [], **dict(zip(asked, keys, strict=False))}
        return self._few[self.attempt]

    def _service_items(self) -> Among | None:
        """Return the live service items in the reader's languages; None where a condition is asked that they lack."""
        narrow, items = self.narrowing.services(), open_rows.service_items(self._locales)
        return None if narrow is None else items.narrowed(narrow)

    def _catalogue_entries(self) -> Among | None:
        narrow = self.narrowing.entries()
        return None if narrow is None else self.places.entries().narrowed(narrow)

    @property
    def services(self) -> Picked:
        """Return the service items that are found, the nearest first."""
        return self._of_few(Kind.SERVICE, ServiceItem.objects.select_related("provider", "industry"))

    @property
    def entries(self) -> Picked:
        """Return the entries of catalogues that are found, the nearest first."""
        return self._of_few(Kind.ENTRY, CatalogueEntry.objects.all())

    def _of_few(self, kind: Kind, rows: Any) -> Picked:
        return self._few_picked.setdefault((self.attempt, kind), Picked(self.few[kind], rows.in_bulk))

    @property
    def all_pages(self) -> Any:
        """Return the pages of all kinds that are found, by the reading in force: looked for once."""
        if self.attempt not in self._lists:
            self._lists[self.attempt] = self.pages(PAGE_TYPES.values())
        return self._lists[self.attempt]

    @property
    def is_cut(self) -> bool:
        """Are there more pages than are listed, and counted?"""
        return bool(self.attempt and any(self.numbers.values()) and self.all_pages.is_cut)

    def is_lower_bound(self, kind: Kind) -> bool:
        """Are there more of a kind than the number says, or may there be?"""
        return kind in PAGE_TYPES and self.is_cut

    def of(self, kind: Kind | None) -> Any:
        """Return what is found of one kind, or of all kinds of pages; a list where the kind has nothing."""
        if not self.attempt or (kind and not self.numbers[kind] and not self.is_lower_bound(kind)):
            return []
        if kind == Kind.SERVICE:
            return self.services
        if kind == Kind.ENTRY:
            return self.entries
        return self._picked(self.pages([PAGE_TYPES[kind]]) if kind else self.all_pages)

    def everything(self) -> Picked:
        """Return what is found of all kinds: pages, then services, then entries."""
        listed: dict[Kind | None, Any] = {None: self.of(None), Kind.SERVICE: self.services, Kind.ENTRY: self.entries}
        lists = {kind: found for kind, found in listed.items() if found}
        keys = [(kind, key) for kind, found in lists.items() for key in found.keys]

        def fetch(some: Sequence[tuple[Kind | None, int]]) -> dict[tuple[Kind | None, int], Any]:
            fetched: dict[tuple[Kind | None, int], Any] = {}
            for kind, found in lists.items():
                if own := [key for each, key in some if each == kind]:
                    fetched |= {(kind, key): each for key, each in found.of(own).items()}
            return fetched

        return Picked(keys, fetch)

    def _picked(self, pages: Any) -> Picked:
        """Return pages, each as what it is, in their order."""
        keys = list(pages.get_queryset().values_list("pk", flat=True)) if self.newest_first else pages.listed.keys
        return Picked(keys, lambda some: {each.pk: each for each in self._specific(pages.listed.types, some)})

    def _specific(self, types: dict[Any, int], keys: Sequence[int]) -> Iterator[Any]:
        """Yield pages. A query for each kind of them."""
        for model in PAGE_TYPES.values():
            of_it = set(get_descendants_content_types_pks(model))
            if own := [key for key in keys if types[key] in of_it]:
                pages, shown = model._default_manager.filter(pk__in=own), SHOWN.get(model)
                yield from pages.only(*shown) if shown else pages

    def pages(self, models: Any, *, but: str = "") -> Any:
        """Return the pages that are found, narrowed by all conditions but one."""
        types = tuple(sorted({key for model in models for key in get_descendants_content_types_pks(model)}))
        among = open_rows.pages(self._locales, types, self.public.restricted)
        if wanted := self.narrowing.pages(but=but):
            among = Among(_among(among.rows, Page.objects.filter(wanted)))
        pages = among.rows.order_by("-first_published_at", "-id") if self.newest_first else among.rows.all()
        # Of pages there are too many to look at all that hold a common word.
        return get_search_backend().shortlist(
            self._asked, pages, among=among, apart=[OrganisationPage], order_by_relevance=not self.newest_first
        )

    @property
    def _asked(self) -> Any:
        return Understood(self.attempt) if self.attempt else self.query

    @cached_property
    def _locales(self) -> tuple[int, ...]:
        """Return the source, and abroad also its translations: what has none is still found."""
        if self.reader.reads_source:
            return (source_locale_id(),)
        abroad = Locale.objects.filter(language_code=self.reader.language).values_list("pk", flat=True)
        return tuple(sorted({source_locale_id(), *abroad}))

    def named(self, model: type[Any], keys: list[int]) -> dict[int, Any]:
        """Return what the public may see of objects known by their names, by their keys."""
        if model is OrganisationPage:
            pages = OrganisationPage.objects.filter(locale_id__in=self._locales, live=True)
            found: Any = self.public.unrestricted(pages)
        elif model is ServiceItem:
            found = open_rows.service_items(self._locales).rows.select_related("provider", "industry")
        else:
            found = self.places.entries().rows.all()
        by_key: dict[int, Any] = found.in_bulk(keys) if keys else {}
        return by_key

    def exact(self) -> PublicationRecord | None:
        """Return the record whose index number was asked for; a serial is a part of each (see `rules.index_number`)."""
        if not any(each.isdigit() for each in self.query):
            return None
        return PublicationRecord.objects.select_related("organisation").filter(index_number=self.query).first()


def _among(rows: Any, wanted: Any) -> Any:
    """Narrow rows by a subquery: an engine need not know the fields that are asked for."""
    return rows.filter(pk__in=wanted.order_by().values("pk"))


# Of pages only organisations are known by their names.
MODELS: dict[str, type[Any]] = {"page": OrganisationPage, "serviceitem": ServiceItem, "catalogueentry": CatalogueEntry}
