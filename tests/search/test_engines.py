"""Elasticsearch and OpenSearch by setting: the same answers as of the database. Tried against a stub only."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, Fuzzy, MatchAll, Not, Or, Phrase, PlainText

from pages.models import NoticePage
from snippets.models import ServiceItem
from tests.factories import make_notice

from .conftest import titles

pytestmark = pytest.mark.usefixtures("clock")


def both(queryset, query, **options):
    """Ask the engine and the database, and tell the two answers, and how many the engine was asked."""
    found = get_search_backend().search(query, queryset, **options)
    expected = get_search_backend("database").search(query, queryset, **options)
    assert found.count() == expected.count() == len(found)
    return titles(found), titles(expected)


QUERIES = [
    "滨海市自来水集团有限公司",
    "自来水集团",
    "zilaishui",
    "bhszlsjtyxgs",
    "自來水集團",
    "字来水集团",
    "阶梯水价",
    "计划停水",
    "停水",
    "停水 施工",
    "示例街道停水",
    "居民 用水 月球",
    "qwxzqwxz",
    "Ｗater",
    "的",
]


# What each of these finds, among others.
FOUND = {
    "滨海市自来水集团有限公司": "滨海市自来水集团有限公司",
    "自来水集团": "滨海市自来水集团有限公司",
    "zilaishui": "滨海市自来水集团有限公司",
    "bhszlsjtyxgs": "滨海市自来水集团有限公司",
    "自來水集團": "滨海市自来水集团有限公司",
    "字来水集团": "滨海市自来水集团有限公司",
    "阶梯水价": "累进水价办法",
    "计划停水": "計劃停水公告",
    "停水": "計劃停水公告",
    "停水 施工": "示例街道施工",
    "示例街道停水": "示例街道施工",
    "居民 用水 月球": "累进水价办法",
    "Ｗater": "累进水价办法",
}
NOT_FOUND = {"qwxzqwxz", "的"}
COMPOSED = [
    PlainText("停水 施工", operator="or"),
    Phrase("示例街道施工"),
    Fuzzy("停水通知"),
    And([PlainText("停水"), Not(PlainText("施工"))]),
    Or([PlainText("施工"), PlainText("水价")]),
    Not(PlainText("停水")),
    MatchAll(),
]


def test_the_engine_finds_what_the_database_finds(engine):
    for query in QUERIES:
        before = engine.searches

        found, expected = both(Page.objects.live(), query)

        assert set(found) == set(expected), query
        assert found == [] if query in NOT_FOUND else FOUND[query] in found, query
        assert engine.searches > before


def test_the_newest_come_first_as_from_the_database(engine):
    for query in QUERIES:
        found, expected = both(
            Page.objects.live().order_by("-first_published_at", "-id"), query, order_by_relevance=False
        )

        assert found == expected, query


def test_of_many_hits_the_newest_are_listed(engine, monkeypatch):
    monkeypatch.setattr("cms.search.backends.shortlists.MOST", 1)

    def listed(backend):
        pages = Page.objects.order_by("-first_published_at", "-id")
        return titles(get_search_backend(backend).shortlist("停水", pages, order_by_relevance=False))

    assert listed("default") == listed("database") == ["示例街道施工"]


def test_every_kind_of_query_has_the_same_answer(engine):
    for query in COMPOSED:
        found, expected = both(Page.objects.live(), query)

        assert set(found) == set(expected), query
        assert found


def test_a_service_is_found_by_its_code(engine):
    assert titles(get_search_backend().search("s002", ServiceItem)) == ["水费缴纳"]


def test_hits_in_titles_come_first(engine):
    assert titles(NoticePage.objects.search("停水")) == ["計劃停水公告", "示例街道施工"]
    assert titles(NoticePage.objects.search("停水", fields=["title"])) == ["計劃停水公告"]


def test_the_title_that_says_nothing_else_comes_first(engine, town):
    make_notice(town.water, title="第二十四中学")
    make_notice(town.water, title="第二十四中学招生简章", summary="第二十四中学 第二十四中学")

    assert titles(NoticePage.objects.search("第二十四中学"))[0] == "第二十四中学"


def test_a_beginning_completes_to_a_title(engine):
    before = engine.searches

    assert titles(Page.objects.autocomplete("自来水集")) == ["滨海市自来水集团有限公司"]
    assert engine.searches > before


def test_an_order_of_its_own_and_slices_are_kept(engine):
    found = NoticePage.objects.order_by("title").search("停水", order_by_relevance=False)

    assert titles(found) == ["示例街道施工", "計劃停水公告"]
    assert titles(found[1:]) == ["計劃停水公告"]
    assert found.facet("live") == {True: 2}


def test_the_page_and_the_interface_say_the_same_with_and_without(engine, settings, town):
    def answers():
        page = Client().get("/search/", {"q": "停水"}).context
        told = Client().get("/api/v2/notices/", {"search": "停水"}).json()
        return (
            {str(row["title"]) for row in page["rows"]},
            [(kind["code"], kind["number"]) for kind in page["kinds"]],
            {item["title"] for item in told["items"]},
            told["meta"],
        )

    before = engine.searches
    by_engine = answers()
    asked = engine.searches - before
    settings.WAGTAILSEARCH_BACKENDS = {"default": settings.OF_THE_DATABASE}

    assert by_engine == answers()
    assert asked >= 2


def test_what_the_engine_takes_for_public_is_not_shown_when_the_database_says_otherwise(engine):
    # Nobody told the engine: no signal is sent.
    Page.objects.filter(title="計劃停水公告").update(live=False)

    found = Client().get("/api/v2/notices/", {"search": "计划停水"}).json()["items"]
    assert "計劃停水公告" not in {item["title"] for item in found}
    assert "計劃停水公告" not in Client().get("/search/", {"q": "计划停水"}).text


def test_a_draft_is_found_by_editors_alone(engine, town):
    make_notice(town.water, title="尚未公开的抢修", live=False)

    assert titles(Page.objects.search("抢修")) == ["尚未公开的抢修"]
    assert titles(Page.objects.live().search("抢修", operator="and")) == []
    assert Client().get("/api/v2/notices/", {"search": "抢修"}).json()["meta"]["total_count"] == 0
