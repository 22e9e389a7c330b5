"""What the two backends have in common, and what each database has to say for itself."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, Model, QuerySet
from wagtail.search.backends.base import BaseSearchBackend
from wagtail.search.models import IndexEntry

from .compilers import SegmentedAutocompleteQueryCompiler, SegmentedQueryCompiler
from .conditions import Question
from .documents import Document
from .index import Rebuilder, SegmentedIndex
from .results import SegmentedSearchResults
from .shortlists import Hit, Shortlist


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
        self, question: Question, entries: QuerySet[IndexEntry], wanted: Exists, stop: int | None
    ) -> QuerySet[Any]:
        """Give what matches among the wanted entries, with its `key`, `in_title` (1 or 0) and `nearness`.

        The first `stop` in this order are going to be read; None means all.
        """
        raise NotImplementedError

    def is_rare(self, question: Question, most: int) -> bool:
        """Are there so few hits, more or less, that all of them can be looked at?"""
        raise NotImplementedError

    def latest(self, question: Question, entries: QuerySet[IndexEntry], most: int) -> list[Hit]:
        """Give the latest among the entries (which know their `key`) that match, and read not many more than those."""
        raise NotImplementedError

    def shortlist(
        self, query: Any, queryset: QuerySet[Any], *, apart: Collection[type[Model]] = (), **options: Any
    ) -> Shortlist:
        """Search as `search` does, for a page of results: no more hits are looked at than anybody reads.

        `apart`: models of which there are few, whose titles are listed beside the latest of all.
        """
        compiler = self.query_compiler_class(queryset, query, **options)
        compiler.check()
        found = self.shortlist_class(self, compiler)
        compiler.apart = apart
        return found

    def search_few(self, query: Any, queryset: QuerySet[Any]) -> SegmentedSearchResults:
        """Search as `search` does, among objects of which there are hundreds, not hundreds of thousands."""
        compiler = self.query_compiler_class(queryset, query)
        compiler.check()
        compiler.few = True
        return self.results_class(self, compiler)

    def tune(self) -> None:
        """Put the database's own statistics in order after many writes."""
        raise NotImplementedError
