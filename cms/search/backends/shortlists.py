"""The nearest hits, and no more of them than anybody reads: what a page of results and its numbers are made of.

A word that stands in half of a hundred thousand texts has too many hits to be counted and ranked for each question.
Then the latest that bear it in their titles are listed, the shortest titles first, and if those are few the latest of
all others; and the list says that it is cut. What has no more than MOST hits is listed whole and ranked as ever.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Exists, Model, OuterRef, QuerySet, Value
from django.db.models.functions import Length
from wagtail.search.models import IndexEntry
from wagtail.search.utils import get_descendants_content_types_pks

from .conditions import Question, Scope
from .results import NEAREST_FIRST, SegmentedSearchResults

# Nobody reads further.
MOST = 1000


class Hit(NamedTuple):
    """A row of the index, and the object it is about."""

    pk: int
    key: Any
    type: int
    # How long its title is.
    size: int


class Listed(NamedTuple):
    """The content types of objects by their keys, the nearest first; cut where there are more."""

    types: dict[Any, int]
    is_cut: bool

    @property
    def keys(self) -> list[Any]:
        """Return the keys, the nearest first."""
        return list(self.types)


def listed(pairs: Iterable[tuple[Any, int]], is_cut: bool = False) -> Listed:
    """List keys with their content types, MOST of them."""
    types = dict(pairs)
    return Listed(dict(islice(types.items(), MOST)), is_cut or len(types) > MOST)


class Shortlist(SegmentedSearchResults):
    """Results that look at MOST hits of a condition, whatever is asked of them."""

    @property
    def is_cut(self) -> bool:
        """Are there more hits than are listed?"""
        return self.listed.is_cut

    def by_type(self) -> Counter[int]:
        """Count what is listed by content types."""
        return self._or_wider(lambda: Counter(self.listed.types.values()))

    @property
    def listed(self) -> Listed:
        """Return what the condition in force finds; looked for once, also for slices."""
        known: dict[Any, Listed] = self.query_compiler.__dict__.setdefault("listed", {})
        condition = self.query_compiler.condition
        if condition not in known:
            known[condition] = self._look()
        return known[condition]

    def get_queryset(self) -> QuerySet:
        """Give the objects that are listed, in the order of the queryset that was searched."""
        return self.query_compiler.queryset.filter(pk__in=self.listed.keys)

    def _count(self) -> int:
        return len(self.listed.keys[self.start : self.stop])

    def _facet(self, field_name: str) -> OrderedDict[Any, int]:
        return super()._facet(field_name) if self.listed.keys else OrderedDict()

    def _widened(self) -> bool:
        return not self.listed.keys and self.query_compiler.widen()

    def _rows(self) -> list[Model]:
        if not self.query_compiler.order_by_relevance:
            return list(self.get_queryset()[self.start : self.stop])
        keys = self.listed.keys[self.start : self.stop]
        found = self.query_compiler.queryset.in_bulk(keys) if keys else {}
        return [found[key] for key in keys if key in found]

    def _look(self) -> Listed:
        question, queryset = self.query_compiler.question, self.query_compiler.queryset
        if question is None or self.query_compiler.condition.negated:
            return listed(super().get_queryset().annotate(no_type=Value(0)).values_list("pk", "no_type")[: MOST + 1])
        wanted = Exists(queryset.order_by().filter(pk=OuterRef("key")))
        if self.backend.is_rare(question, MOST):
            hits = self.backend.nearest(question, self._entries(), wanted, MOST + 1).order_by(*NEAREST_FIRST)
            return listed(hits.values_list("key", "type")[: MOST + 1])
        found, is_cut = self._latest(question, self._entries().filter(wanted))
        return listed(((hit.key, hit.type) for hit in found), is_cut)

    def _latest(self, question: Question, entries: QuerySet[IndexEntry]) -> tuple[list[Hit], bool]:
        """Return the latest hits, those in titles first, and whether there are more."""
        in_titles: list[Hit] = []
        if question.scope is Scope.EVERYTHING and self.query_compiler.order_by_relevance:
            by_title = Question(question.expression, Scope.TITLE)
            in_titles = self.backend.latest(by_title, entries, MOST + 1)
            if len(in_titles) > MOST:
                return shortest_first([*self._apart(by_title, entries), *in_titles]), True
        found = self.backend.latest(question, entries, MOST + 1)
        return [*shortest_first(in_titles), *found], len(found) > MOST

    def _apart(self, question: Question, entries: QuerySet[IndexEntry]) -> list[Hit]:
        types = {pk for model in self.query_compiler.apart for pk in get_descendants_content_types_pks(model)}
        if not types:
            return []
        hits = self.backend.matching(question, entries.filter(content_type_id__in=sorted(types)))
        hits = hits.annotate(size=Length("title"))
        return [Hit(*row) for row in hits.values_list(*Hit._fields)[:MOST]]


def shortest_first(hits: Iterable[Hit]) -> list[Hit]:
    """Sort by the length of the titles: the shorter one is more about what was asked; then the latest first."""
    return sorted(dict.fromkeys(hits), key=lambda hit: (hit.size, -hit.pk))
