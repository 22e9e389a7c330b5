"""What the engine names, and the database lets through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import QuerySet
from wagtail.search.utils import get_descendants_content_types_pks

from ..backends import shortlists
from ..backends.results import SegmentedSearchResults
from ..backends.shortlists import Listed, Shortlist, listed
from .asking import IN_TITLE, MOST, request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..backends.among import Among
    from ..backends.conditions import Question
    from .backend import EngineSearchBackend


class Hit(NamedTuple):
    """How near an object is, and its content type."""

    score: float
    type: int


Hits = dict[Any, Hit]


def hits_of(results: SegmentedSearchResults) -> Hits | None:
    """Return what the engine finds by the condition in force, nearest first; None where the database has to answer.

    Asked once for each condition, also for slices.
    """
    compiler = results.query_compiler
    known: dict[Any, Hits | None] = compiler.__dict__.setdefault("hits", {})
    if compiler.condition not in known:
        question = None if compiler.condition.negated else compiler.question
        known[compiler.condition] = _ask(results, question) if question else None
    return known[compiler.condition]


def _ask(results: SegmentedSearchResults, question: Question) -> Hits | None:
    engine: EngineSearchBackend = results.backend
    answer = engine.answer(request(question, get_descendants_content_types_pks(results.model)))
    if answer is None or answer["total"]["value"] > MOST:
        return None
    key = results.model._meta.pk
    while key.remote_field:
        key = key.target_field
    return {
        key.to_python(hit["fields"]["key"][0]): Hit(hit["_score"] or 0.0, hit["fields"]["type"][0])
        for hit in answer["hits"]
    }


def wanted(hits: Hits, among: QuerySet) -> Hits:
    """Keep what the database lets through: it alone knows what is public now."""
    keys = set(among.order_by().filter(pk__in=list(hits)).values_list("pk", flat=True)) if hits else set()
    return {key: hit for key, hit in hits.items() if key in keys}


def wanted_keys(hits: Sequence[dict[str, Any]], among: Among) -> list[int]:
    """Return the keys of those hits of one kind that the database lets through, in their order."""
    types = set(among.types)
    keys = [int(hit["fields"]["key"][0]) for hit in hits if hit["fields"]["type"][0] in types]
    kept = set(among.rows.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    return [key for key in keys if key in kept]


class EngineResults(SegmentedSearchResults):
    """Results of which the engine names the keys."""

    def _keys(self, question: Question) -> Any:
        hits = hits_of(self)
        return super()._keys(question) if hits is None else list(hits)

    def _scores(self, question: Question, among: QuerySet, start: int = 0, stop: int | None = None) -> dict[Any, float]:
        hits = hits_of(self)
        if hits is None:
            return super()._scores(question, among, start, stop)
        found = {key: _score(hit) for key, hit in wanted(hits, among).items()}
        return dict(list(found.items())[start:stop])


def _score(hit: Hit) -> float:
    in_title = hit.score >= IN_TITLE
    nearness = hit.score - IN_TITLE * in_title
    return in_title + nearness / (1 + nearness)


class EngineShortlist(Shortlist):
    """A shortlist of what the engine names."""

    def _look(self) -> Listed:
        hits = hits_of(self)
        if hits is None:
            return super()._look()
        found = wanted(hits, self.query_compiler.queryset)
        if len(found) > shortlists.MOST and not self.query_compiler.order_by_relevance:
            # The engine knows the nearest; the latest are asked for.
            return super()._look()
        return listed((key, hit.type) for key, hit in found.items())
