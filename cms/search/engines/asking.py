"""Questions in the query language that Elasticsearch and OpenSearch share, and how texts are kept for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..backends.conditions import AllOf, AnyOf, Expression, Question, Run, Scope, Without, Word

# Texts come cut into words, one space between two: the engine has nothing to analyse.
TEXT = {"type": "text", "analyzer": "whitespace"}
MAPPINGS = {
    "dynamic": False,
    "properties": {
        "title": TEXT,
        "body": TEXT,
        "autocomplete": TEXT,
        # Whose row it is: content type, key.
        "type": {"type": "long"},
        "key": {"type": "keyword"},
        "number": {"type": "long"},
        "shortness": {"type": "float"},
    },
}
FIELDS = {
    Scope.EVERYTHING: ("title", "body"),
    Scope.TITLE: ("title",),
    Scope.BODY: ("body",),
    Scope.AUTOCOMPLETE: ("autocomplete",),
}
# A word of the title counts so much more than one of the body; a hit in the title stands before all others.
BOOSTS = {"title": 5.0}
IN_TITLE = 1000.0
# The shorter title is more about the words than the longer one; that weighs more than how often the body says them,
# which is some tens.
SHORTNESS = 50_000.0
# More hits than anybody reads: of such questions the database knows what to list.
MOST = 5000


def request(question: Question, types: Iterable[int]) -> dict[str, Any]:
    """Write a search for the rows of some content types: title hits, then the nearest, then the latest."""
    query: dict[str, Any] = {
        "filter": [{"terms": {"type": sorted(types)}}],
        "must": [clause(question.expression, FIELDS[question.scope])],
    }
    if question.scope is Scope.EVERYTHING:
        in_title = clause(question.expression, FIELDS[Scope.TITLE])
        query["should"] = [
            {
                "function_score": {
                    "query": {"constant_score": {"filter": in_title, "boost": IN_TITLE}},
                    "field_value_factor": {"field": "shortness", "missing": 0},
                    "boost_mode": "sum",
                }
            }
        ]
    return {
        "query": {"bool": query},
        "sort": [{"_score": "desc"}, {"number": "desc"}],
        "size": MOST,
        "track_total_hits": MOST + 1,
        "_source": False,
        "docvalue_fields": ["key", "type"],
    }


def clause(expression: Expression, fields: tuple[str, ...]) -> dict[str, Any]:
    """Write an expression; of several fields, each word may stand in another."""
    match expression:
        case Word(text, prefix):
            return _any([{"prefix" if prefix else "term": {field: _value(text, field)}} for field in fields])
        case Run(words):
            return _any([{"match_phrase": {field: {"query": " ".join(words)}}} for field in fields])
        case AllOf(parts):
            return {"bool": {"must": [clause(part, fields) for part in parts]}}
        case AnyOf(parts):
            return _any([clause(part, fields) for part in parts])
        case Without(kept, left_out):
            return {"bool": {"must": [clause(kept, fields)], "must_not": [clause(left_out, fields)]}}


def _value(text: str, field: str) -> dict[str, Any]:
    return {"value": text, "boost": BOOSTS.get(field, 1.0)}


def _any(clauses: list[dict[str, Any]]) -> dict[str, Any]:
    return {"bool": {"should": clauses, "minimum_should_match": 1}} if len(clauses) > 1 else clauses[0]
