"""Search on SQLite: an FTS5 table, kept by the triggers of Wagtail's migrations, ranked by bm25."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import BooleanField, Case, Exists, FloatField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length
from wagtail.search.models import IndexEntry

from .among import Among
from .backend import SegmentedSearchBackend
from .conditions import AllOf, AnyOf, Expression, Question, Run, Scope, Without, Word
from .documents import Document
from .shortlists import Hit

TABLE = "wagtailsearch_indexentry_fts"
COLUMNS = {
    Scope.EVERYTHING: "title body",
    Scope.TITLE: "title",
    Scope.BODY: "body",
    Scope.AUTOCOMPLETE: "autocomplete",
}
# FTS5 counts the better hit as the lower number. Columns stand as in the table: autocomplete, body, title.
NEARNESS = RawSQL(f"-bm25({TABLE}, 1, 1, 5)", [], output_field=FloatField())  # noqa: S611 - a constant
# bm25 knows the length of a row, not of its title: the shorter title is more about the words than the longer one.
SHORTNESS = 10.0 / Length("title")


def fts5(expression: Expression) -> str:
    """Write an expression in FTS5's language; words are letters and digits, so quotes are safe."""
    match expression:
        case Word(text, prefix):
            return f'"{text}"*' if prefix else f'"{text}"'
        case Run(words):
            return f'"{" ".join(words)}"'
        case AllOf(parts):
            return f"({' AND '.join(map(fts5, parts))})"
        case AnyOf(parts):
            return f"({' OR '.join(map(fts5, parts))})"
        case Without(kept, left_out):
            return f"({fts5(kept)} NOT {fts5(left_out)})"


class SqliteSearchBackend(SegmentedSearchBackend):
    """Search on SQLite's FTS5."""

    def columns_of(self, document: Document) -> dict[str, str]:
        return {
            "title": " ".join(document.title),
            "body": " ".join(document.body),
            "autocomplete": " ".join(document.autocomplete),
        }

    def matching(self, question: Question, entries: QuerySet[IndexEntry]) -> QuerySet[IndexEntry]:
        return entries.filter(pk__in=self._rows(question).values("pk"))

    def nearest(
        self, question: Question, entries: QuerySet[IndexEntry], wanted: Exists | Q, stop: int | None
    ) -> QuerySet[Any]:
        # The FTS table stands alone in FROM: joined with others, it may be read once for each of their rows.
        own = entries.filter(pk=OuterRef("pk"))
        hits = _known(self._rows(question).filter(Exists(own.filter(wanted))), own)
        if question.scope is not Scope.EVERYTHING:
            return hits.annotate(in_title=Value(0), nearness=NEARNESS)
        title_hit = Q(pk__in=self._rows(Question(question.expression, Scope.TITLE)).values("pk"))
        return hits.annotate(
            in_title=Case(When(title_hit, then=1), default=0),
            nearness=NEARNESS + Case(When(title_hit, then=SHORTNESS), default=0.0),
        )

    def is_rare(self, question: Question, most: int) -> bool:
        return self._rows(question)[: most + 1].count() <= most

    def latest(self, question: Question, among: Among, most: int) -> list[Hit]:
        # FTS5 gives its rows in either order of their numbers, and stops when it need not go on.
        own = among.entries().filter(among.wanted, pk=OuterRef("pk"))
        hits = _known(self._rows(question).filter(Exists(own)), own).annotate(size=Length("title")).order_by("-pk")
        return [Hit(*row) for row in hits.values_list(*Hit._fields)[:most]]

    def tune(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")  # noqa: S608 - a constant
            cursor.execute("PRAGMA optimize")

    def _rows(self, question: Question) -> QuerySet[Any]:
        asked = f"{{{COLUMNS[question.scope]}}} : {fts5(question.expression)}"
        return apps.get_model("wagtailsearch", "SQLiteFTSIndexEntry").objects.filter(
            RawSQL(f"{TABLE} MATCH %s", [asked], output_field=BooleanField())  # noqa: S611 - a constant and a parameter
        )


def _known(hits: QuerySet[Any], own: QuerySet[IndexEntry]) -> QuerySet[Any]:
    """Say of rows of the FTS table which objects they are about."""
    return hits.annotate(key=Subquery(own.values("key")), type=Subquery(own.values("type")))
