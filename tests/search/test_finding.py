"""Which words find which texts."""

from __future__ import annotations

import pytest
from wagtail.models import Page
from wagtail.search.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText

from accounts.models import User
from tests.case_names import case_name

from .conftest import titles


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("公积金", "公积金查询"),
        ("公积金", "查询公积金"),
        ("公积金查询", "查询公积金"),
        ("财政", "财政预算公开"),
        ("辦事", "办事指南"),
        ("办事", "辦事指南"),
        ("税", "纳税服务"),
        ("Ｂ０１", "目录事项B01收费标准"),
        ("b01", "索引号210200-B01-2024-000123"),
        ("210200-B01-2024-000123", "索引号：210200-B01-2024-000123。"),
        ("000123", "索引号210200-B01-2024-000123"),
        ("停水的通知", "停水通知"),
        ("甘井子区", "大连市甘井子区教育局"),
    ],
)
def test_a_word_finds_a_text_that_contains_it(add_page, query, text):
    add_page(text)
    add_page("别的标题", text)
    add_page("无关内容")

    found = Page.objects.search(query)

    assert titles(found) == [text, "别的标题"]
    assert found.count() == 2


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("公", "查询公积金"),
        ("公积", "查询公积金"),
        ("财政预", "财政预算公开"),
        ("停水通", "停水通知"),
        ("b0", "事项B01说明"),
    ],
)
def test_a_beginning_completes_to_a_title(add_page, typed, title):
    add_page(title)
    add_page("无关内容", title)

    found = Page.objects.autocomplete(typed)

    assert titles(found) == [title]
    assert found.count() == 1


def test_all_words_count_wherever_they_stand(add_page):
    add_page("停水通知", "中山区")
    add_page("停水通知", "西岗区")

    found = Page.objects.search("中山区 停水")

    assert [page.search_description for page in found] == ["中山区"]


def test_texts_of_related_objects_are_found(add_page):
    author = User.objects.create_user("wang", "wang@example.org", first_name="欧阳修")
    add_page("收费公示", owner=author)

    assert titles(Page.objects.search("欧阳修")) == ["收费公示"]


@pytest.fixture
def three_pages(add_page):
    for title in ("公积金查询指南", "公积金缴费", "停水通知"):
        add_page(title)
    return Page.objects.filter(depth=2, title__in=["公积金查询指南", "公积金缴费", "停水通知"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (PlainText("公积金 查询"), {"公积金查询指南"}),
        (PlainText("查询 停水", operator="or"), {"公积金查询指南", "停水通知"}),
        (Phrase("公积金查询"), {"公积金查询指南"}),
        (Phrase("查询公积金"), set()),
        (And([PlainText("公积金"), Not(PlainText("查询"))]), {"公积金缴费"}),
        (Or([PlainText("停水"), Not(PlainText("公积金"))]), {"停水通知"}),
        (Or([PlainText("查询"), Not(PlainText("公积金"))]), {"公积金查询指南", "停水通知"}),
        (And([Not(PlainText("查询")), Not(PlainText("停水"))]), {"公积金缴费"}),
        (Not(Not(PlainText("停水"))), {"停水通知"}),
        (Boost(PlainText("停水"), 3), {"停水通知"}),
        (Fuzzy("查询缴费"), {"公积金查询指南", "公积金缴费"}),
        (MatchAll(), {"公积金查询指南", "公积金缴费", "停水通知"}),
        (And([MatchAll(), PlainText("停水")]), {"停水通知"}),
        (And([Not(MatchAll()), PlainText("停水")]), set()),
        (Not(MatchAll()), set()),
    ],
    ids=case_name,
)
def test_a_tree_of_queries_finds_what_it_says(three_pages, query, expected):
    found = three_pages.search(query)

    assert set(titles(found)) == expected
    assert found.count() == len(expected)


def test_long_words_are_shortened_before_nothing_is_found(add_page):
    add_page("关于停止供水的通知", "停水范围见附件")

    found = Page.objects.search("停水通知")

    assert titles(found) == ["关于停止供水的通知"]
    assert found.count() == 1


def test_any_word_is_enough_before_nothing_is_found(add_page):
    add_page("供热收费标准")

    found = Page.objects.search("供热的投诉电话")

    assert titles(found[:5]) == ["供热收费标准"]
    assert found.count() == 1
    assert found.facet("live") == {True: 1}


def test_a_slice_behind_the_last_hit_is_empty(add_page):
    add_page("供热投诉电话")
    add_page("供热收费标准")

    found = Page.objects.search("供热投诉电话")

    assert titles(found[10:20]) == []
    assert found.count() == 1


def test_who_says_how_words_combine_gets_no_near_hits(add_page):
    add_page("供热收费标准")

    assert titles(Page.objects.search("供热投诉", operator="and")) == []
    assert titles(Page.objects.search(PlainText("供热投诉"))) == []
    assert titles(Page.objects.order_by("title").search("供热投诉", order_by_relevance=False)) == []


def test_an_index_number_that_does_not_exist_finds_nothing(add_page):
    add_page("收费公示", "索引号210200-B01-2024-000123")

    assert titles(Page.objects.search("210200-B01-2024-999999")) == []
