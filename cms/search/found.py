"""What a query finds: how much of each kind, and a page of it."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import PlainText
from wagtail.search.utils import get_descendants_content_types_pks

from pages.identity import source_locale_id
from pages.models import OrganisationPage, PublicationRecord
from snippets.models import CatalogueEntry, ServiceItem

from .backends.tries import Step, Try, Understood, tries, wider_tries
from .entries import EntryPlaces
from .excerpts import words_to_mark
from .kinds import PAGE_TYPES, Kind
from .lexicon import lexicon
from .narrowing import Narrowing

if TYPE_CHECKING:
    from pages.presentation import Reader

NEWEST = "new"
# Of these no result holds all that was asked.
LOOSE = frozenset({Step.FEWER, Step.NEAR})


class Search:
    """One query, put to pages, service items and entries of catalogues; asks nothing before it is asked.

    `query` has no NUL and is in Simplified characters. How far it is widened is decided once, for all kinds.
    """

    def __init__(self, query: str, reader: Reader, order: str = "", narrowing: Narrowing | None = None) -> None:
        self.query, self.reader, self.newest_first = query, reader, order == NEWEST
        self.narrowing = narrowing or Narrowing()
        self.places = EntryPlaces(reader)
        self.attempt: Try | None = None
        self._lists: dict[Try | None, Any] = {}

    @cached_property
    def numbers(self) -> dict[Kind, int]:
        """Count what is found of each kind, by the narrowest reading of the query that finds anything at all."""
        words = lexicon()
        tried = set()
        for attempt in chain(tries(PlainText(self.query), words), wider_tries(self.query, words)):
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
        numbers[Kind.SERVICE] = self.services.count()
        numbers[Kind.ENTRY] = self.entries.count()
        return numbers

    @property
    def words(self) -> list[str]:
        """Return the words to mark in results: what was asked, and what was looked for."""
        attempt = self.attempt if self.numbers else None
        return words_to_mark(self.query, attempt.condition.expression if attempt else None)

    @property
    def services(self) -> Any:
        """Return the live service items that are found, in the languages of the reader."""
        narrow = self.narrowing.services()
        items = ServiceItem.objects.filter(self._languages, live=True).select_related("provider", "industry")
        among = items.none() if narrow is None else _among(items, ServiceItem.objects.filter(narrow))
        return get_search_backend().search_few(self._asked, among)

    @property
    def entries(self) -> Any:
        """Return the entries of catalogues that are found."""
        narrow = self.narrowing.entries()
        wanted = self.places.entries()
        among = wanted.none() if narrow is None else wanted.filter(narrow)
        return get_search_backend().search_few(self._asked, _among(CatalogueEntry.objects.all(), among))

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
        return self.pages([PAGE_TYPES[kind]]) if kind else self.all_pages

    def pages(self, models: Any, *, but: str = "") -> Any:
        """Return the pages that are found, narrowed by all conditions but one."""
        pages = Page.objects.live().public().filter(self._languages).type(tuple(models))
        if wanted := self.narrowing.pages(but=but):
            pages = _among(pages, Page.objects.filter(wanted))
        if self.newest_first:
            pages = pages.order_by("-first_published_at", "-id")
        # Of pages there are too many to look at all that hold a common word.
        return get_search_backend().shortlist(
            self._asked, pages, apart=[OrganisationPage], order_by_relevance=not self.newest_first
        )

    @property
    def _asked(self) -> Any:
        return Understood(self.attempt) if self.attempt else self.query

    @cached_property
    def _languages(self) -> Q:
        """Scope to the source, and abroad also to its translations: what has none is still found."""
        if self.reader.reads_source:
            return Q(locale=source_locale_id())
        abroad = Locale.objects.filter(language_code=self.reader.language).values_list("pk", flat=True)
        return Q(locale__in=[source_locale_id(), *abroad])

    def named(self, model: type[Any], keys: list[int]) -> dict[int, Any]:
        """Return what the public may see of objects known by their names, by their keys."""
        if model is Page:
            found: Any = Page.objects.live().public().filter(self._languages)
        elif model is ServiceItem:
            found = ServiceItem.objects.filter(self._languages, live=True).select_related("provider", "industry")
        else:
            found = self.places.entries()
        by_key: dict[int, Any] = found.in_bulk(keys) if keys else {}
        return by_key

    def exact(self) -> PublicationRecord | None:
        """Return the record whose index number was asked for."""
        return PublicationRecord.objects.select_related("organisation").filter(index_number=self.query).first()


def _among(rows: Any, wanted: Any) -> Any:
    """Narrow rows by a subquery: an engine need not know the fields that are asked for."""
    return rows.filter(pk__in=wanted.order_by().values("pk"))


MODELS: dict[str, type[Any]] = {"page": Page, "serviceitem": ServiceItem, "catalogueentry": CatalogueEntry}
