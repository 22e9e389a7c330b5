"""In which order, in which pages, and with which scores results come."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from wagtail.models import Page
from wagtail.search.backends.base import FilterFieldError, SearchFieldError
from wagtail.search.query import Not, PlainText

from .conftest import titles


def test_a_hit_in_the_title_comes_before_any_in_the_body(add_page):
    add_page("年度报告", "停水 停水 停水 停水，停水，停水。停水")
    add_page("关于春季部分老旧小区二次供水设施改造期间停水安排的说明")
    add_page("通知", "停水")

    found = titles(Page.objects.search("停水"))

    assert found[0] == "关于春季部分老旧小区二次供水设施改造期间停水安排的说明"
    assert len(found) == 3


def test_the_title_that_says_nothing_else_comes_first(add_page):
    add_page("第二十四中学食堂采购结果公示", "第二十四中学")
    add_page("第二十四中学")
    add_page("第二十四中学招生简章", "第二十四中学 第二十四中学")

    assert titles(Page.objects.search("第二十四中学"))[0] == "第二十四中学"


def test_scores_follow_the_order(add_page):
    add_page("停水")
    add_page("通知", "停水")

    found = list(Page.objects.search("停水").annotate_score("score"))

    assert titles(found) == ["停水", "通知"]
    assert found[0].score > 1 > found[1].score > 0


def test_scores_are_given_in_another_order_too(add_page):
    add_page("停水")
    add_page("安排", "停水")

    found = list(Page.objects.order_by("title").search("停水", order_by_relevance=False).annotate_score("score"))

    assert [(page.title, page.score > 1) for page in found] == sorted([("停水", True), ("安排", False)])


def test_an_object_found_by_not_matching_has_score_nought(add_page):
    add_page("停水")

    found = list(Page.objects.filter(title="停水").search(Not(PlainText("供热"))).annotate_score("score"))

    assert [page.score for page in found] == [0.0]


def test_results_keep_the_order_of_the_queryset_when_asked_to(add_page):
    for day in (2, 3, 1):
        add_page(f"停水{day}号通知", latest_revision_created_at=datetime(2026, 1, day, tzinfo=UTC))

    found = Page.objects.order_by("-latest_revision_created_at").search("停水", order_by_relevance=False)

    assert titles(found) == ["停水3号通知", "停水2号通知", "停水1号通知"]
    assert titles(found[1:2]) == ["停水2号通知"]


def test_pages_of_results_neither_overlap_nor_leave_anything_out(add_page):
    for number in range(7):
        add_page("停水通知", f"第{number}号")

    found = Page.objects.search("停水")
    pages = [[page.pk for page in found[start : start + 3]] for start in range(0, 9, 3)]

    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({key for page in pages for key in page}) == 7
    assert [key for page in pages for key in page] == [page.pk for page in found]


def test_only_what_the_queryset_holds_is_found(add_page):
    add_page("停水通知", live=False)
    add_page("停水公告")

    found = Page.objects.live().search("停水")

    assert titles(found) == ["停水公告"]
    assert found.count() == 1


def test_filters_do_not_take_nearer_hits_into_account(add_page):
    for _ in range(5):
        add_page("停水", live=False)
    add_page("年度报告", "停水")

    assert titles(Page.objects.live().search("停水")[:1]) == ["年度报告"]


def test_facets_count_all_hits(add_page):
    add_page("停水通知", live=False)
    add_page("停水公告")
    add_page("停水公示")
    add_page("供热公示")

    found = Page.objects.search("停水")[:1]

    assert found.facet("live") == {True: 2, False: 1}
    assert list(found.facet("live")) == [True, False]


def test_a_facet_of_a_field_that_cannot_be_filtered_is_refused(add_page):
    with pytest.raises(FilterFieldError):
        Page.objects.search("停水").facet("search_description")


def test_a_search_can_be_kept_to_the_title(add_page):
    add_page("停水")
    add_page("通知", "停水")

    found = Page.objects.search("停水", fields=["title"])

    assert titles(found) == ["停水"]
    assert found.count() == 1


def test_a_completion_can_be_kept_to_the_title(add_page):
    add_page("停水")
    add_page("通知", seo_title="停水")

    assert set(titles(Page.objects.autocomplete("停"))) == {"停水", "通知"}
    assert titles(Page.objects.autocomplete("停", fields=["title"])) == ["停水"]


def test_a_search_can_be_kept_to_the_body(add_page):
    add_page("停水")
    add_page("通知", "停水")

    assert titles(Page.objects.search("停水", fields=["search_description", "seo_title"])) == ["通知"]


def test_a_field_the_index_does_not_tell_apart_is_refused(add_page):
    with pytest.raises(SearchFieldError, match="search_description"):
        Page.objects.search("停水", fields=["search_description"])
    with pytest.raises(SearchFieldError):
        Page.objects.search("停水", fields=["slug"])


def test_no_field_finds_nothing(add_page):
    add_page("停水")

    assert titles(Page.objects.search("停水", fields=[])) == []


def test_specific_pages_are_found_as_what_they_are(town):
    (found,) = Page.objects.specific().search(town.school.title)

    assert type(found) is type(town.school)
