"""Totals are known without counting, and are what counting would say, after whatever change."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.delivery.models import Total
from cms.delivery.stored import settling
from cms.delivery.stored.inside import Inside

from .acts import Kept
from .test_freshness import CHANGES, undone

SHAPES: list[dict[str, str]] = [{}, {"entry": "water:B01"}, {"entry": "B01,B02"}, {"industry": "water"}]


def shapes(kept: Kept) -> list[dict[str, str]]:
    """Return the questions whose answers are known."""
    code = kept.town.water.roster.code
    asked = [*SHAPES, {"organisation": code}, {"organisation": code, "entry": "water:B01"}]
    return [*asked, *({**each, "locale": "en"} for each in asked)]


def totals(how: Any, asked: list[dict[str, str]], **more: str) -> list[int]:
    return [
        how(f"/api/v2/{endpoint}/?{urlencode({**each, 'limit': 1, **more})}").json()["meta"]["total_count"]
        for endpoint in ("disclosures", "notices")
        for each in asked
    ]


def counting(asked: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in asked if "COUNT(" in query["sql"]]


def test_nothing_is_counted(told: Kept) -> None:
    inside, asked = Inside(), shapes(told)

    with CaptureQueriesContext(connection) as queries:
        found = totals(inside.ask, asked)

    assert counting(queries) == []
    assert found == totals(inside.render, asked)
    assert found[0] == 3


def test_a_total_is_exact_after_any_change_settled_or_not(told: Kept) -> None:
    inside, wrong = Inside(), {}

    for change in CHANGES:
        with undone():
            asked = shapes(told)
            change(told.again())
            at_once = totals(inside.ask, asked)
            settling.settle()
            # Of what is rendered the number alone is wanted.
            right = totals(inside.render, asked, fields="_,id")
            with CaptureQueriesContext(connection) as queries:
                settled = totals(inside.ask, asked)
            if not at_once == settled == right or counting(queries):
                wrong[change.__name__] = (at_once, settled, right)

    assert wrong == {}


def test_other_filters_are_counted(told: Kept) -> None:
    Total.objects.update(number=77)

    assert totals(Inside().ask, [{"validity": "in_force"}])[0] != 77
    assert totals(Inside().ask, [{}])[0] == 77


def test_what_was_never_counted_is_counted_when_asked(told: Kept) -> None:
    Total.objects.all().delete()
    settling.count_totals()

    assert totals(Inside().ask, SHAPES) == totals(Inside().render, SHAPES)
