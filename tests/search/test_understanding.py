"""What a query is taken for: pinyin, first letters, other words for the same, slips, codes."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from cms.search.backends.words import asked_words
from cms.search.lexicon import is_outdated, lexicon
from cms.search.models import IndexState, Term
from snippets.models import PortalSettings, SearchWords
from tests.factories import make_disclosure, make_service_item
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


def first(query: str) -> list[str]:
    """Return what stands first on the page of results."""
    context = Seen("/search/", q=query).context
    rows = [*context["services"], *context["rows"]]
    return [str(row["title"]).replace("<mark>", "").replace("</mark>", "") for row in rows]


def services(query: str) -> int:
    """Return how many services are found."""
    return next(each["number"] for each in Seen("/search/", q=query).context["kinds"] if each["code"] == "service")


@pytest.fixture
def water(town: Town) -> Town:
    """The water company, called as in life."""
    town.portal.title = "滨海市"
    town.portal.save()
    town.water.title = "滨海市自来水集团有限公司"
    town.water.save()
    return town


@pytest.mark.parametrize(
    "query",
    [
        "自来水集团",
        "bhszlsjtyxgs",
        "binhaishizilaishuijituanyouxiangongsi",
        "zilaishui",
        "自來水集團",
        "自来水集困",
        "字来水集团",
        "自来水公司",
    ],
)
def test_a_unit_is_found_however_it_is_asked_for(water: Town, query):
    assert first(query)[0] == "滨海市自来水集团有限公司"


def test_another_word_for_it_is_not_torn(town: Town):
    SearchWords.objects.create(words="断流；没有水；没水；河小；没活干")
    for title in ("沿河断流的河段", "自来水收费标准", "没有收费项目", "小河沿", "干活须知"):
        make_disclosure(town.water, town.entries["water_price"], title=title)
    make_disclosure(town.water, town.entries["water_price"], title="上游没水的河段")

    # Until the index is rebuilt it does not know the new words, and finds what is asked.
    assert first("断流") == ["沿河断流的河段"]
    assert "上游没水的河段" in first("没水")
    call_command("rebuild_search", verbosity=0)
    assert sorted(first("断流")) == ["上游没水的河段", "沿河断流的河段"]


def test_nor_is_it_torn_where_a_query_is_widened(town: Town):
    SearchWords.objects.create(words="失业；没工作；丢饭碗")
    make_disclosure(town.water, town.entries["water_price"], title="工作安排")
    make_disclosure(town.water, town.entries["water_price"], title="失业人员优惠")
    call_command("rebuild_search", verbosity=0)

    assert first("失业证丢了") == ["失业人员优惠"]


def test_a_correction_says_what_was_looked_for(water: Town):
    assert "已按“滨海市自来水集团有限公司”查找" in Seen("/search/", q="自来水集困").main


def test_drafts_have_no_name_to_be_found_by(water: Town):
    water.water.unpublish()

    assert not Term.objects.filter(model="page", key=water.water.pk).exists()
    assert Seen("/search/", q="bhszlsjtyxgs").context["total"] == 0


def test_a_changed_name_is_no_longer_asked_for_by_the_old_one(water: Town):
    water.water.title = "滨海水务公司"
    water.water.save()

    assert not Term.objects.filter(key=water.water.pk, text="自来水集团").exists()
    assert first("bhswgs")[0] == "滨海水务公司"


def test_the_district_and_the_industry_of_a_unit_find_it(town: Town):
    town.school.division_code = town.district.division_code
    town.school.save()

    assert town.school.title in first(f"{town.district.title} {town.school.industry.title}")


def test_a_service_is_found_by_its_code(town: Town):
    make_service_item(town.water, town.industries["waterworks"], title="水费缴纳", code="s002")

    assert Term.objects.filter(text="s002").exists()


def test_words_that_mean_the_same_find_each_other(town: Town):
    SearchWords.objects.create(words="阶梯水价；累进水价")
    make_disclosure(town.water, town.entries["water_price"], title="累进水价办法")

    assert "累进水价办法" in first("阶梯水价")
    assert [page.title for page in Page.objects.search("阶梯水价")] == ["累进水价办法"]


def test_words_switched_off_mean_nothing(town: Town):
    SearchWords.objects.create(words="阶梯水价；累进水价", is_active=False)
    make_disclosure(town.water, town.entries["water_price"], title="累进")

    assert Page.objects.search("阶梯水价", operator="and").count() == 0


def test_an_answer_that_holds_only_some_words_says_so(town: Town):
    make_disclosure(town.water, town.entries["water_price"], title="居民水价标准")

    assert "没有一条包含全部搜索词" in Seen("/search/", q="居民水价月球").main


def test_who_finds_only_something_like_it_is_told_whom_to_call(town: Town):
    make_disclosure(town.water, town.entries["water_price"], title="居民水价标准")
    settings = PortalSettings.for_site(Site.objects.get())
    settings.contact_phone = "0411-0000-0000"
    settings.save()

    assert "没有您要找的？打电话问" in Seen("/search/", q="居民水价月球").main
    assert "没有您要找的？" not in Seen("/search/", q="居民水价").main


def test_what_nothing_resembles_finds_nothing(town: Town):
    assert Seen("/search/", q="qwxzqwxz").context["total"] == 0
    assert "没有找到相符的内容" in Seen("/search/", q="qwxzqwxz").main


def test_a_new_word_is_asked_for_only_when_the_index_knows_it(town: Town):
    make_disclosure(town.water, town.entries["water_price"], title="关于蓝贝壳计划的通知")
    SearchWords.objects.create(words="蓝贝壳计划")

    assert is_outdated()
    assert "蓝贝壳计划" not in asked_words("蓝贝壳计划", dictionary=lexicon().asking)
    assert Page.objects.search("蓝贝壳计划").count() == 1


def test_the_index_is_rebuilt_when_the_list_changed(town: Town):
    make_disclosure(town.water, town.entries["water_price"], title="关于蓝贝壳计划的通知")
    SearchWords.objects.create(words="蓝贝壳计划")

    call_command("rebuild_search")

    assert not is_outdated()
    assert IndexState.objects.get().version
    assert asked_words("蓝贝壳计划", dictionary=lexicon().asking) == ["蓝贝壳计划"]
    assert Page.objects.search("蓝贝壳计划").count() == 1


def test_a_word_taken_off_the_list_leaves_no_gap(town: Town):
    word = SearchWords.objects.create(words="蓝贝壳计划")
    call_command("rebuild_search")
    word.delete()
    make_disclosure(town.water, town.entries["water_price"], title="关于蓝贝壳计划的通知")

    assert Page.objects.search("蓝贝壳计划").count() == 1


def test_when_a_condition_leaves_nothing_the_name_probably_meant_is_offered(water: Town):
    seen = Seen("/search/", q="自来水集困", validity="repealed")

    assert seen.context["total"] == 0
    assert "您是不是要找" in seen.main
    assert seen.links["滨海市自来水集团有限公司"].startswith("?q=%E6%BB%A8%E6%B5%B7")


def test_nothing_is_offered_where_something_holds_all_that_was_asked(water: Town):
    assert Seen("/search/", q="自来水集团").context["perhaps"] == []


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("丢东西了坐地铁", "遗失物品查询"),
        ("家里路灯坏了找谁", "路灯报修"),
        ("路灯不亮", "路灯报修"),
    ],
)
def test_a_question_in_everyday_words_finds_what_it_is_about(town: Town, query, title):
    SearchWords.objects.get_or_create(words="遗失物品；丢东西；失物招领")
    make_service_item(town.water, town.industries["waterworks"], title=title, code="item")

    assert services(query) == 1


def test_a_service_is_found_by_the_name_of_its_industry(town: Town):
    industry = town.industries["waterworks"]
    make_service_item(town.water, industry, title="账单查询", code="bill")

    assert services(f"{industry.title} 账单") == 1
