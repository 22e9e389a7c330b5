"""What is found: exact counts, and only as many objects as somebody looks at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Count, Model, QuerySet
from wagtail.search.backends.base import BaseSearchResults, FilterFieldError

from .among import Among
from .compilers import SegmentedQueryCompiler
from .conditions import Question

if TYPE_CHECKING:
    from .backend import SegmentedSearchBackend

Found = TypeVar("Found")
# Title hits, then the nearest, then what was indexed last: an order that is total, so that pages do not overlap.
NEAREST_FIRST = ("-in_title", "-nearness", "-pk")
# Above this, naming the objects one by one costs more than scoring all hits.
NAMED_LIMIT = 500


class SegmentedSearchResults(BaseSearchResults):
    """Results in two steps: the index names the nearest of the wanted slice, then just these are fetched.

    When nothing at all is found, the query is widened step by step, and count, slices and facets follow together.
    """

    backend: SegmentedSearchBackend
    query_compiler: SegmentedQueryCompiler
    supports_facet = True

    def _do_search(self) -> list[Model]:
        return self._or_wider(self._rows)

    def _do_count(self) -> int:
        return self._or_wider(self._count)

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        if self.query_compiler._get_filterable_field(field_name) is None:
            raise FilterFieldError(
                f"{self.model.__name__}.search_fields has no index.FilterField({field_name!r})", field_name=field_name
            )
        return self._or_wider(lambda: self._facet(field_name))

    def keys(self) -> list[Any]:
        """Give the keys of what was found, in its order, and read no objects."""
        return self._or_wider(self._slice)

    def _slice(self) -> list[Any]:
        compiler = self.query_compiler
        if compiler.question and compiler.order_by_relevance and not compiler.condition.negated:
            return list(self._scores(compiler.question, compiler.queryset, self.start, self.stop))
        return list(self.get_queryset()[self.start : self.stop].values_list("pk", flat=True))

    def get_queryset(self) -> QuerySet:
        """Give all objects found, in the order of the queryset that was searched."""
        queryset, condition = self.query_compiler.queryset, self.query_compiler.condition
        question = self.query_compiler.question
        if question is None:
            return queryset.all() if condition.negated else queryset.none()
        keys = self._keys(question)
        queryset = queryset.exclude(pk__in=keys) if condition.negated else queryset.filter(pk__in=keys)
        if self.query_compiler.order_by_relevance or not queryset.query.order_by:
            # Pages of results must not overlap.
            queryset = queryset.order_by("-pk")
        return queryset

    def _keys(self, question: Question) -> Any:
        """Give the keys of all that match, wanted or not."""
        return self.backend.matching(question, Among(self.query_compiler.queryset).entries()).values("key")

    def _count(self) -> int:
        return self.get_queryset()[self.start : self.stop].count()

    def _facet(self, field_name: str) -> OrderedDict[Any, int]:
        counted = self.get_queryset().order_by().values_list(field_name).annotate(count=Count("pk"))
        return OrderedDict(counted.order_by("-count"))

    def _or_wider(self, run: Callable[[], Found]) -> Found:
        found = run()
        while not found and self._widened():
            found = run()
        return found

    def _widened(self) -> bool:
        """Pass on to the next condition if the one in force finds nothing, and not just nothing in this slice."""
        # Counts beside each other ask the same again: what was found is not looked for twice.
        return self.query_compiler.may_widen and not self.get_queryset().exists() and self.query_compiler.widen()

    def _rows(self) -> list[Model]:
        compiler = self.query_compiler
        if compiler.question and compiler.order_by_relevance and not compiler.condition.negated:
            scores = self._scores(compiler.question, compiler.queryset, self.start, self.stop)
            found = compiler.queryset.in_bulk(list(scores))
            rows = [found[key] for key in scores if key in found]
        else:
            rows = list(self.get_queryset()[self.start : self.stop])
            scores = self._scores_of(rows) if self._score_field else {}
        if self._score_field:
            for row in rows:
                setattr(row, self._score_field, scores.get(row.pk, 0.0))
        return rows

    def _scores_of(self, rows: list[Model]) -> dict[Any, float]:
        """Give the scores of objects that were found in another order."""
        question, among = self.query_compiler.question, self.query_compiler.queryset
        if question is None or self.query_compiler.condition.negated:
            return {}
        if len(rows) <= NAMED_LIMIT:
            among = among.filter(pk__in=[row.pk for row in rows])
        return self._scores(question, among)

    def _scores(self, question: Question, among: QuerySet, start: int = 0, stop: int | None = None) -> dict[Any, float]:
        """Give the keys of a slice of the hits, nearest first, each with a score: above 1 for a hit in the title."""
        rows = Among(among)
        hits = self.backend.nearest(question, rows.entries(), rows.wanted, stop).order_by(*NEAREST_FIRST)[start:stop]
        return {
            key: in_title + nearness / (1 + nearness)
            for key, in_title, nearness in hits.values_list("key", "in_title", "nearness")
        }
