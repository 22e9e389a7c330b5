"""The feed of a choice."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.delivery.test_feeds import Read
from tests.factories import make_disclosure, make_notice
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def filled(town: Town, clock) -> Town:
    """Give the town something to tell."""
    make_disclosure(town.water, town.entries["water_price"], title="水价")
    clock.shift(60)
    make_disclosure(town.school, town.entries["school_admission"], title="招生计划")
    clock.shift(60)
    make_notice(town.water, title="停水")
    return town


def test_it_tells_of_the_choice_newest_first(filled: Town):
    feed = Read("/mine/feed/?industry=water")

    assert feed.response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.titles == ["停水", "水价"]
    assert feed.texts("a:title/text()") == ["我的行业：供水"]
    assert feed.texts("a:link[@rel='alternate']/@href") == ["http://localhost/mine/?industry=water"]


def test_two_orders_of_one_choice_are_one_feed(filled: Town):
    code = filled.school.roster.code

    one, other = (
        Read(f"/mine/feed/?{query}") for query in (f"industry=water&unit={code}", f"unit={code}&industry=water")
    )

    assert one.response.content == other.response.content
    assert one.titles == ["停水", "招生计划", "水价"]


def test_what_there_is_not_is_said_and_the_rest_told(filled: Town):
    feed = Read("/mine/feed/?industry=water&district=nothing")

    assert feed.titles == ["停水", "水价"]
    assert "没有代码为“nothing”的地区" in feed.texts("a:subtitle/text()")[0]


@pytest.mark.parametrize("query", ["", "?industry=", "?unit=nothing"])
def test_of_no_choice_there_is_no_feed(filled: Town, query):
    assert Client().get(f"/mine/feed/{query}").status_code == 404


def test_it_may_be_kept_and_is_asked_about(filled: Town):
    first = Client().get("/mine/feed/?industry=water")

    again = Client().get("/mine/feed/?industry=water", headers={"if-none-match": first["ETag"]})

    assert first["Cache-Control"] == "public, no-cache"
    assert again.status_code == 304


def test_it_is_read_in_three_languages(filled: Town):
    languages = [
        Read(f"{prefix}/mine/feed/?industry=water").texts("@xml:lang")[0] for prefix in ("", "/zh-hant", "/en")
    ]

    assert languages == ["zh-Hans", "zh-Hant", "en"]


def test_more_records_cost_no_more_queries(filled: Town):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            Read("/mine/feed/?industry=water&district=210202")
        return len(queries)

    cost()
    few = cost()
    for number in range(6):
        make_disclosure(filled.water, filled.entries["water_price"], title=f"水价{number}")

    assert cost() == few <= 8
