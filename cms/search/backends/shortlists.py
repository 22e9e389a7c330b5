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

from django.db.models import Model, QuerySet, Value
from wagtail.search.utils import get_descendants_content_types_pks

from .among import Among
from .conditions import Question, Scope
from .results import SegmentedSearchResults

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

    def _slice(self) -> list[Any]:
        if not self.query_compiler.order_by_relevance:
            return super()._slice()
        return self.listed.keys[self.start : self.stop]

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
        among = self.query_compiler.among or Among(queryset)
        if self.backend.is_rare(question, MOST):
            return listed(self.backend.ranked(question, among, MOST + 1))
        found, is_cut = self._latest(question, among)
        return listed(((hit.key, hit.type) for hit in found), is_cut)

    def _latest(self, question: Question, among: Among) -> tuple[list[Hit], bool]:
        """Return the latest hits, those in titles first, and whether there are more."""
        in_titles: list[Hit] = []
        if question.scope is Scope.EVERYTHING and self.query_compiler.order_by_relevance:
            by_title = Question(question.expression, Scope.TITLE)
            in_titles = self.backend.latest(by_title, among, MOST + 1)
            if len(in_titles) > MOST:
                return shortest_first([*self._apart(by_title, among), *in_titles]), True
        found = self.backend.latest(question, among, MOST + 1)
        return [*shortest_first(in_titles), *found], len(found) > MOST

    def _apart(self, question: Question, among: Among) -> list[Hit]:
        types = {pk for model in self.query_compiler.apart for pk in get_descendants_content_types_pks(model)}
        return self.backend.some(question, among, types, MOST) if types else []


def shortest_first(hits: Iterable[Hit]) -> list[Hit]:
    """Sort by the length of the titles: the shorter one is more about what was asked; then the latest first."""
    return sorted(dict.fromkeys(hits), key=lambda hit: (hit.size, -hit.pk))
