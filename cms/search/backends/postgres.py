"""Search on PostgreSQL: stored tsvectors with their GIN indexes, written and asked in our own words.

The column `body` holds the words of the title too, labelled A. So one stored, indexed column answers a search over
both, where Wagtail's own backend computes `title || body` for every row. Words are written as literals: PostgreSQL's
parser would cut numbers and hyphens in its own way. The text columns, meant for similarity of letters, stay empty.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import Case, Exists, F, Q, QuerySet, Value, When
from wagtail.search.models import IndexEntry

from . import statements
from .among import Among
from .backend import SegmentedSearchBackend
from .conditions import AllOf, AnyOf, Expression, Question, Run, Scope, Without, Word
from .documents import Document
from .shortlists import MOST, Hit

COLUMNS = {
    Scope.EVERYTHING: "body",
    Scope.TITLE: "title",
    Scope.BODY: "body",
    Scope.AUTOCOMPLETE: "autocomplete",
}
# So many of the first hits are put in order by their bodies too: those of a whole shortlist, and one more.
RANKED = MOST + 1
# How many times as many as are listed may be ranked.
RARE = 2
# Among how many rows the latest are looked for first, where one would do if hits lay evenly, and in how many next.
FIRST_LOOK, WIDER = 2, 8
# PostgreSQL's normalisation 2: divide by the length. The shorter title is more about the words than the longer one,
# and that weighs more than how often the body says them.
BY_LENGTH = 2
TITLE_WEIGHT = 10.0
# Between title and body, so that no phrase runs from one into the other.
GAP = 2


class LiteralQuery(SearchQuery):
    """A tsquery taken as it is written, past the parser, and kept from the planner.

    Seeing a common word, the planner would read every row instead of the index: it takes no account of what it costs to
    unpack a tsvector. Behind a subquery it expects few hits, and goes by the index.
    """

    template = "(SELECT %(expressions)s::tsquery)"


def tsquery(expression: Expression, label: str = "") -> str:
    """Write an expression as a tsquery, in words of one label only if one is given."""
    match expression:
        case Word(text, prefix):
            return f"'{text}'" + (f":{'*' * prefix}{label}" if prefix or label else "")
        case Run(words):
            return f"({' <-> '.join(tsquery(Word(word), label) for word in words)})"
        case AllOf(parts):
            return f"({' & '.join(tsquery(part, label) for part in parts)})"
        case AnyOf(parts):
            return f"({' | '.join(tsquery(part, label) for part in parts)})"
        case Without(kept, left_out):
            return f"({tsquery(kept, label)} & !{tsquery(left_out, label)})"


def tsvector(labelled: list[str], others: list[str]) -> str:
    """Write words with their places as a tsvector; the first ones are labelled A."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for at, word in enumerate(labelled, 1):
        places[word].append(f"{at}A")
    rest = _lexemes(tuple(others), len(labelled) + GAP).copy()
    for word in places.keys() & rest.keys():
        places[word].append(rest.pop(word).rpartition(":")[2])
    return " ".join([*map(_lexeme, places.keys(), places.values()), *rest.values()])


# Samples say the same under a thousand titles.
@lru_cache(maxsize=512)
def _lexemes(words: tuple[str, ...], first: int) -> dict[str, str]:
    """Write each word with its places, of which `first` is the first."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for at, word in enumerate(words, first):
        places[word].append(str(at))
    return {word: _lexeme(word, at) for word, at in places.items()}


def _lexeme(word: str, places: list[str]) -> str:
    return f"'{word}':{','.join(places)}"


def literal(question: Question) -> LiteralQuery:
    """Write a question; to the body alone it is put as one for the words that are not labelled as the title's."""
    return LiteralQuery(tsquery(question.expression, "D" if question.scope is Scope.BODY else ""))


def asked(question: Question) -> dict[str, LiteralQuery]:
    """Write a question as a filter on the column that answers it."""
    return {COLUMNS[question.scope]: literal(question)}


def estimated(question: Question) -> int:
    """Return about how many rows match, as the planner knows from its statistics, without looking."""
    column, written = COLUMNS[question.scope], tsquery(question.expression)
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (FORMAT JSON) SELECT 1 FROM {IndexEntry._meta.db_table} WHERE {column} @@ %s::tsquery",  # noqa: S608
            [written],
        )
        ((plan,),) = cursor.fetchall()
    return int((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"])


def _asked(question: Question) -> statements.Asked:
    """Write what is asked, and of which column."""
    words = tsquery(question.expression, "D" if question.scope is Scope.BODY else "")
    return statements.Asked(COLUMNS[question.scope], words)


class PostgresSearchBackend(SegmentedSearchBackend):
    """Search on PostgreSQL's tsvector."""

    def columns_of(self, document: Document) -> dict[str, str]:
        return {
            "title": tsvector(document.title, []),
            "body": tsvector(document.title, document.body),
            "autocomplete": tsvector([], document.autocomplete),
        }

    def matching(self, question: Question, entries: QuerySet[IndexEntry]) -> QuerySet[IndexEntry]:
        return entries.filter(**asked(question))

    def nearest(
        self, question: Question, entries: QuerySet[IndexEntry], wanted: Exists | Q, stop: int | None
    ) -> QuerySet[Any]:
        query = literal(question)
        if question.scope in (Scope.TITLE, Scope.AUTOCOMPLETE):
            rank = SearchRank(F(COLUMNS[question.scope]), query)
            return self.matching(question, entries.filter(wanted)).annotate(in_title=Value(0), nearness=rank)
        in_title = Case(When(**asked(Question(question.expression, Scope.TITLE)), then=1), default=0)
        title_rank = TITLE_WEIGHT * SearchRank(F("title"), query, normalization=BY_LENGTH)
        hits = self.matching(question, entries.filter(wanted)).annotate(in_title=in_title, nearness=title_rank)
        # Bodies are too large to be unpacked for every hit: they only decide among those which their titles put first.
        first = Q(pk__in=hits.order_by("-in_title", "-nearness", "-pk").values("pk")[:RANKED])
        both_ranks = 1.0 + title_rank + SearchRank(F("body"), query)
        if stop is not None and stop <= RANKED:
            return entries.filter(first).annotate(in_title=in_title, nearness=both_ranks)
        return hits.annotate(nearness=Case(When(first, then=both_ranks), default=title_rank))

    def is_rare(self, question: Question, most: int) -> bool:
        return estimated(question) <= RARE * most

    def ranked(self, question: Question, among: Among, most: int) -> list[tuple[Any, int]]:
        if question.scope is not Scope.EVERYTHING or most > RANKED:
            return super().ranked(question, among, most)
        return statements.ranked(tsquery(question.expression), among, most)

    def nearest_of_few(self, question: Question, sets: Sequence[Among]) -> list[tuple[int, int]]:
        return statements.few(tsquery(question.expression), sets)

    def some(self, question: Question, among: Among, types: Collection[int], most: int) -> list[Hit]:
        return [Hit(*row) for row in statements.latest(_asked(question), among, most, types=types)]

    def latest(self, question: Question, among: Among, most: int) -> list[Hit]:
        # GIN knows no order: the latest are looked for among the last rows, and in ever more of them.
        last = statements.last_row()
        width = FIRST_LOOK * most * last // max(estimated(question), 1)
        found: list[Any] = []
        while width < last and len(found) < most:
            found = statements.latest(_asked(question), among, most, after=last - width)
            width *= WIDER
        if len(found) < most:
            found = statements.latest(_asked(question), among, most)
        return [Hit(*row) for row in found]

    def tune(self) -> None:
        with connection.cursor() as cursor:
            for index in IndexEntry._meta.indexes:
                # What was written last waits in a list that every search reads through.
                cursor.execute("SELECT gin_clean_pending_list(%s)", [index.name])
            cursor.execute(f"ANALYZE {IndexEntry._meta.db_table}")
