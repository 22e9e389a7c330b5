"""The search page: what is asked, what is found of each kind, and that nothing breaks it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.search.index import insert_or_update_object

from pages.models import IndustryPage
from tests.factories import ServiceIndexPage, make_disclosure, make_notice, make_page, make_service_item
from tests.languages.acts import in_english
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


def titles(seen: Seen) -> list[str]:
    return [plain(row) for row in seen.context["rows"]]


def plain(row: dict[str, Any]) -> str:
    return str(row["title"]).replace("<mark>", "").replace("</mark>", "")


def numbers(seen: Seen) -> dict[str, int]:
    return {kind["code"]: kind["number"] for kind in seen.context["kinds"]}


@pytest.fixture
def hall(town: Town) -> ServiceIndexPage:
    page: ServiceIndexPage = make_page(ServiceIndexPage, town.portal, title="办事大厅")
    return page


def test_without_a_query_it_says_what_can_be_found(town: Town):
    seen = Seen("/search/")

    assert "知道索引号的，直接输入索引号" in seen.main
    assert seen.crumbs == ["首页", "搜索"]
    assert 'name="robots" content="noindex' in seen.html


def test_all_kinds_are_found_and_counted(town: Town, hall):
    make_disclosure(town.water, town.entries["water_price"], title="停水赔偿标准")
    make_notice(town.water, title="停水通告")
    make_service_item(town.water, town.industries["waterworks"], title="停水信息查询", code="outages")

    seen = Seen("/search/", q="停水")

    assert numbers(seen) == {"": 3, "disclosure": 1, "notice": 1, "organisation": 0, "service": 1, "entry": 0}
    assert sorted(titles(seen)) == ["停水赔偿标准", "停水通告"]
    assert [row["url"] for row in seen.context["services"]] == [f"{hall.url}outages/"]


@pytest.mark.parametrize(
    ("kind", "expected"), [("disclosure", ["停水赔偿标准"]), ("notice", ["停水通告"]), ("organisation", [])]
)
def test_a_kind_narrows_the_results(town: Town, kind, expected):
    make_disclosure(town.water, town.entries["water_price"], title="停水赔偿标准")
    make_notice(town.water, title="停水通告")

    seen = Seen("/search/", q="停水", kind=kind)

    assert titles(seen) == expected
    assert [each["code"] for each in seen.context["kinds"] if each["current"]] == [kind]


def test_all_lists_everything_pages_first(town: Town, hall):
    make_notice(town.water, title="停水通告")
    for number in range(9):
        make_service_item(town.water, town.industries["waterworks"], title=f"停水查询{number}", code=f"outages{number}")

    seen = Seen("/search/", q="停水")

    assert titles(seen)[0] == "停水通告"
    # What stands on top is not said again.
    on_top = [plain(row) for row in seen.context["services"]]
    assert len(on_top) == 3 and sorted(on_top + titles(seen)[1:]) == [f"停水查询{number}" for number in range(9)]


def test_an_entry_whose_title_does_not_say_it_is_listed(town: Town):
    make_page(IndustryPage, town.portal, title="供水", industry=town.industries["water"])
    entry = town.entries["water_price"]
    entry.group_title = "停车泊位"
    entry.save()
    insert_or_update_object(entry)

    seen = Seen("/search/", q="停车泊位")

    assert numbers(seen)["entry"] == 1 and titles(seen) == [entry.display_title]
    assert "这个类型中没有相符的内容" not in seen.main


def test_services_are_listed_with_their_guide(town: Town, hall):
    make_service_item(town.water, town.industries["waterworks"], title="缴纳水费", code="pay")

    seen = Seen("/search/", q="水费", kind="service")

    assert [row["url"] for row in seen.context["rows"]] == [f"{hall.url}pay/"]
    assert seen.context["rows"][0]["publisher"] == "示例自来水公司"


def test_a_result_shows_where_the_words_stand_and_who_published_it(town: Town):
    body = [("text", "<p>第一句与此无关。第二句说停水以后怎样赔偿用户的损失。</p>")]
    page = make_disclosure(town.water, town.entries["water_price"], title="赔偿标准", body=body)

    (row,) = Seen("/search/", q="停水").context["rows"]

    assert "<mark>停水</mark>" in row["excerpt"]
    assert row["excerpt"].startswith("…第二句说")
    assert (row["publisher"], row["index_number"]) == ("示例自来水公司", page.record.index_number)


def test_notices_say_where_they_stand_and_old_versions_that_they_are_old(town: Town):
    now = timezone.now()
    make_notice(town.water, title="停水通告", starts_at=now + timedelta(hours=5), ends_at=now + timedelta(hours=9))
    old = make_disclosure(town.water, town.entries["water_price"], title="停水旧办法")
    make_disclosure(town.water, town.entries["water_price"], title="停水新办法", supersedes=old)

    rows = {str(row["title"]): row for row in Seen("/search/", q="停水").context["rows"]}

    assert rows["<mark>停水</mark>通告"]["status"] == "尚未开始"
    assert rows["<mark>停水</mark>旧办法"]["status"] == "已被替代"
    assert "status" not in rows["<mark>停水</mark>新办法"]


def test_an_index_number_leads_straight_to_its_record(town: Town):
    page = make_disclosure(town.water, town.entries["water_price"], title="水价表")

    seen = Seen("/search/", q=page.record.index_number)

    assert seen.links["水价表"] == f"/i/{page.record.index_number}"


def test_nothing_found_says_what_to_try(town: Town):
    seen = Seen("/search/", q="火星移民")

    assert "没有找到相符的内容" in seen.main
    assert "换短一些、更常用的词" in seen.main


def test_the_newest_come_first_when_asked_for(town: Town, clock):
    make_disclosure(town.water, town.entries["water_price"], title="停水")
    clock.shift(60)
    make_disclosure(town.water, town.entries["water_price"], title="关于停水的一个较长的标题")

    assert titles(Seen("/search/", q="停水"))[0] == "停水"
    assert titles(Seen("/search/", q="停水", order="new"))[0] == "关于停水的一个较长的标题"


LONG = ["x" * 5_000, "停" * 5_000]
OPERATORS = [
    '"',
    "'",
    "(",
    "AND OR NOT",
    "a NEAR/3 b",
    "停水*",
    "-停水",
    "^$.*",
    "%",
    "\\",
    ":",
    "col:x",
    "停水 & | ! <->",
]
OTHERS = ["\x00", "停水\x00", "😀", "<script>alert(1)</script>", "{{ 7*7 }}"]


@pytest.mark.parametrize("query", [*LONG, *OPERATORS, *OTHERS])
def test_no_query_breaks_it(town: Town, query):
    make_notice(town.water, title="停水通告")

    for kind in ("", "service", "notice"):
        seen = Seen("/search/", q=query, kind=kind)
        assert seen.status == 200
        assert "<script>alert" not in seen.html


@pytest.mark.parametrize("page", ["abc", "0", "-5", "99999999999999999999999", "\x00"])
def test_no_page_number_breaks_it(town: Town, page):
    make_notice(town.water, title="停水通告")

    assert titles(Seen("/search/", q="停水", page=page)) == ["停水通告"]


def test_an_unknown_kind_is_named_and_everything_shown(town: Town):
    make_notice(town.water, title="停水通告")

    seen = Seen("/search/", q="停水", kind="nonsense")

    assert "没有“nonsense”这个类型" in seen.main
    assert titles(seen) == ["停水通告"]


def test_a_query_that_is_too_long_is_cut_and_says_so(town: Town):
    assert "搜索词太长，只用了前 100 个字" in Seen("/search/", q="停水" * 100).main


def test_traditional_characters_find_simplified_texts(town: Town):
    make_disclosure(town.water, town.entries["water_price"], title="居民水价标准")

    assert titles(Seen("/search/", q="水價標準")) == ["居民水价标准"]
    assert "居民<mark>水價標準</mark>" in Seen("/zh-hant/search/", q="水價標準").html


def test_an_english_reader_finds_translations_and_what_has_none(town: Town):
    page = make_disclosure(town.water, town.entries["water_price"], title="水价")
    for each in (town.portal, town.water_office, town.water):
        in_english(each)
    copy = in_english(page, {"水价": "Water prices"})

    seen = Seen("/en/search/", q="water prices")

    assert [row["url"] for row in seen.context["rows"]] == [copy.url]
    assert seen.context["rows"][0]["index_number"] == page.record.index_number
    assert Seen("/search/", q="water prices").context["total"] == 0


def test_drafts_and_withdrawn_pages_are_not_found(town: Town):
    make_notice(town.water, title="停水草稿", live=False)
    make_notice(town.water, title="停水撤回").unpublish()

    assert Seen("/search/", q="停水").context["total"] == 0


def test_more_results_cost_no_more_queries(town: Town, hall):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            Seen("/search/", q="停水")
        return len(queries)

    make_disclosure(town.water, town.entries["water_price"], title="停水办法")
    make_notice(town.water, title="停水通告")
    make_service_item(town.water, town.industries["waterworks"], title="停水查询")
    Seen("/search/", q="停水")
    few = cost()
    for number in range(6):
        make_disclosure(town.water, town.entries["water_price"], title=f"停水办法{number}")
        make_notice(town.water, title=f"停水通告{number}")
        make_service_item(town.water, town.industries["waterworks"], title=f"停水查询{number}")

    assert cost() == few


def test_a_record_is_found_by_its_keywords(town: Town):
    page = make_disclosure(town.water, town.entries["water_price"], title="居民用水收费")
    page.tags.add("阶梯水价")
    page.save_revision().publish()
    # The worker indexes after the commit; the tests' backend within the save, before the keywords are stored.
    insert_or_update_object(page)

    seen = Seen("/search/", q="阶梯水价")

    assert "居民用水收费" in seen.main
