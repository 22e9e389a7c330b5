"""What the two backends have in common, and what each database has to say for itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import BigIntegerField, Exists, F, Model, Q, QuerySet
from django.db.models.functions import Cast, Length
from wagtail.search.backends.base import BaseSearchBackend
from wagtail.search.models import IndexEntry

from .among import Among
from .compilers import SegmentedAutocompleteQueryCompiler, SegmentedQueryCompiler
from .conditions import Expression, Question, Scope
from .documents import Document
from .index import Rebuilder, SegmentedIndex
from .results import NEAREST_FIRST, SegmentedSearchResults
from .shortlists import Hit, Shortlist

Wanted = Exists | Q


class SegmentedSearchBackend(BaseSearchBackend):
    """Search over words cut by `rules.segmentation`.

    BODY_LIMIT: how many characters of an object's texts are stored.
    """

    query_compiler_class = SegmentedQueryCompiler
    autocomplete_query_compiler_class = SegmentedAutocompleteQueryCompiler
    index_class = SegmentedIndex
    results_class = SegmentedSearchResults
    shortlist_class = Shortlist
    rebuilder_class = Rebuilder

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.body_limit: int = params.get("BODY_LIMIT", 2000)

    def columns_of(self, document: Document) -> dict[str, str]:
        """Write a document as the columns `title`, `body` and `autocomplete` of the index."""
        raise NotImplementedError

    def matching(self, question: Question, entries: QuerySet[IndexEntry]) -> QuerySet[IndexEntry]:
        """Give the entries that match."""
        raise NotImplementedError

    def nearest(
        self, question: Question, entries: QuerySet[IndexEntry], wanted: Wanted, stop: int | None
    ) -> QuerySet[Any]:
        """Give what matches among the wanted entries, with its `key`, `in_title` (1 or 0) and `nearness`.

        The first `stop` in this order are going to be read; None means all.
        """
        raise NotImplementedError

    def is_rare(self, question: Question, most: int) -> bool:
        """Are there so few hits, more or less, that all of them can be looked at?"""
        raise NotImplementedError

    def ranked(self, question: Question, among: Among, most: int) -> list[tuple[Any, int]]:
        """Give the keys and content types of what matches, the nearest first."""
        hits = self.nearest(question, among.entries(), among.wanted, most).order_by(*NEAREST_FIRST)
        return list(hits.values_list("key", "type")[:most])

    def latest(self, question: Question, among: Among, most: int) -> list[Hit]:
        """Give the latest of what matches, and read not many more than those."""
        raise NotImplementedError

    def some(self, question: Question, among: Among, types: Collection[int], most: int) -> list[Hit]:
        """Give so many of what matches, of some content types."""
        hits = self.matching(question, among.entries().filter(among.wanted, content_type_id__in=sorted(types)))
        return [Hit(*row) for row in hits.annotate(size=Length("title")).values_list(*Hit._fields)[:most]]

    def shortlist(
        self,
        query: Any,
        queryset: QuerySet[Any],
        *,
        among: Among | None = None,
        apart: Collection[type[Model]] = (),
        **options: Any,
    ) -> Shortlist:
        """Search as `search` does, for a page of results: no more hits are looked at than anybody reads.

        `among`: the queryset, where it is written down already; `apart`: models of which there are few, whose titles
        are listed beside the latest of all.
        """
        compiler = self.query_compiler_class(queryset, query, **options)
        compiler.check()
        compiler.among, compiler.apart = among, apart
        return self.shortlist_class(self, compiler)

    def few(self, expression: Expression, sets: Sequence[Among]) -> list[list[int]]:
        """Give the keys of what matches in each of some sets, the nearest first. One query for all of them.

        For objects of which there are hundreds, not hundreds of thousands, with numbers for keys.
        """
        found = self.nearest_of_few(Question(expression, Scope.EVERYTHING), sets)
        return [[key for key, each in found if each in types] for types in [set(among.types) for among in sets]]

    def nearest_of_few(self, question: Question, sets: Sequence[Among]) -> list[tuple[int, int]]:
        """Give the keys and content types of what matches in some sets, all together, the nearest first."""
        types = sorted({each for among in sets for each in among.types})
        entries = IndexEntry.objects.filter(content_type_id__in=types).annotate(
            key=Cast("object_id", BigIntegerField()), type=F("content_type_id")
        )
        wanted = Q(pk__in=[])
        for among in sets:
            wanted |= Q(among.wanted, type__in=among.types)
        hits = self.nearest(question, entries, wanted, None).order_by(*NEAREST_FIRST)
        return list(hits.values_list("key", "type"))

    def tune(self) -> None:
        """Put the database's own statistics in order after many writes."""
        raise NotImplementedError
