"""What the two backends have in common, and what each database has to say for itself."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, QuerySet
from wagtail.search.backends.base import BaseSearchBackend
from wagtail.search.models import IndexEntry

from .compilers import SegmentedAutocompleteQueryCompiler, SegmentedQueryCompiler
from .conditions import Question
from .documents import Document
from .index import Rebuilder, SegmentedIndex
from .results import SegmentedSearchResults


class SegmentedSearchBackend(BaseSearchBackend):
    """Search over words cut by `rules.segmentation`.

    BODY_LIMIT: how many characters of an object's texts are stored.
    """

    query_compiler_class = SegmentedQueryCompiler
    autocomplete_query_compiler_class = SegmentedAutocompleteQueryCompiler
    index_class = SegmentedIndex
    results_class = SegmentedSearchResults
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

    def tune(self) -> None:
        """Put the database's own statistics in order after many writes."""
        raise NotImplementedError
