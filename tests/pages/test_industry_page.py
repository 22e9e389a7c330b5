"""The page of an industry: its units across the whole tree, by district."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import DepartmentPage
from tests.factories import (
    IndustryPage,
    ServiceIndexPage,
    make_disclosure,
    make_industry,
    make_notice,
    make_page,
    make_service_item,
    make_unit,
    make_units,
)
from tests.town import Town

from .seen import Seen

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def sector(town: Town) -> IndustryPage:
    """Give the page of education, with its branch below."""
    page = make_page(IndustryPage, town.portal, title="教育", industry=town.industries["education"])
    make_page(IndustryPage, page, title="小学", industry=town.industries["primary"])
    return page


def groups(seen: Seen) -> list[tuple[str, list[str]]]:
    return [(group["title"], [row["title"] for row in group["rows"]]) for group in seen.context["unit_groups"]]


def city_school(town: Town, **fields) -> object:
    office = make_page(DepartmentPage, town.portal, title="市教育局", industry=town.industries["education"])
    branch = make_industry("junior-school", town.industries["education"], title="初中")
    return make_unit(office, title="市直中学", industry=branch, **fields)


def test_a_sector_lists_the_units_of_its_branches_by_district(town: Town, sector: IndustryPage):
    city_school(town)

    assert groups(Seen(sector.url)) == [("市级", ["市直中学"]), ("示例区", ["示例小学"])]


def test_a_branch_lists_its_own_units_only(town: Town, sector: IndustryPage):
    city_school(town)

    branch = Seen(f"{sector.url}xiao-xue/")

    assert groups(branch) == [("示例区", ["示例小学"])]
    assert branch.crumbs == ["首页", "教育", "小学"]


def test_units_are_narrowed_by_the_code_of_a_district(town: Town, sector: IndustryPage):
    city_school(town)

    assert groups(Seen(sector.url, division="210202")) == [("示例区", ["示例小学"])]
    assert groups(Seen(sector.url, division="city")) == [("市级", ["市直中学"])]


def test_an_unknown_district_is_said_to_be_wrong_and_all_are_shown(town: Town, sector: IndustryPage):
    city_school(town)

    for nonsense in ("999999", "\x00", "1' or 1=1"):
        page = Seen(sector.url, division=nonsense)

        assert page.status == 200
        assert len(groups(page)) == 2
        assert "这个选项，已显示全部。" in page.main


def test_a_draft_unit_is_neither_listed_nor_counted(town: Town, sector: IndustryPage):
    city_school(town, live=False)

    page = Seen(sector.url)

    assert groups(page) == [("示例区", ["示例小学"])]
    assert {"label": "纳入单位", "value": "1 家"} in page.context["facts"]


def test_the_head_names_the_rule_the_office_and_the_catalogue(town: Town):
    town.industries["water"].rule = "建城规〔2021〕4号"
    town.industries["water"].save()
    page = make_page(IndustryPage, town.portal, title="供水", industry=town.industries["water"])

    seen = Seen(page.url)

    assert seen.context["kicker"] == ["行业", "政府信息公开条例第五十五条所列"]
    assert seen.context["character"] == "水"
    facts = {fact["label"]: fact["value"] for fact in seen.context["facts"]}
    assert facts == {
        "主管部门": "市水务局",
        "公开依据": "建城规〔2021〕4号",
        "纳入单位": "1 家",
        "目录事项": "3 项",
    }
    assert seen.links["看全部事项及其法律依据"] == f"{page.url}catalogue/"


def test_what_is_new_is_of_this_industry(town: Town, sector: IndustryPage):
    make_page(ServiceIndexPage, town.portal, title="在线服务")
    make_disclosure(town.school, town.entries["school_admission"], title="招生计划")
    make_disclosure(town.water, town.entries["water_profile"], title="公司概况")
    make_notice(town.school, title="报名预告")
    make_notice(town.water, title="停水通告")
    make_service_item(industry=town.industries["primary"], title="学区查询")

    seen = Seen(sector.url)

    assert "招生计划" in seen.section("最新公开")
    assert "报名预告" in seen.section("现在的通告")
    assert "学区查询" in seen.section("在线服务")
    assert "公司概况" not in seen.main
    assert "停水通告" not in seen.main


def test_an_industry_without_units_says_what_will_be_there(town: Town):
    page = make_page(IndustryPage, town.portal, title="邮政", industry=make_industry("post", title="邮政"))

    assert "本行业的公共企事业单位纳入名录后列在这里。" in Seen(page.url).main


def test_five_units_and_sixty_cost_the_same(town: Town, sector: IndustryPage):
    def queries() -> int:
        Seen(sector.url)
        with CaptureQueriesContext(connection) as captured:
            assert Seen(sector.url).status == 200
        return len(captured)

    for _number in range(4):
        make_unit(town.education_office, industry=town.industries["primary"])
    few = queries()
    make_units(town.street, 55, industry=town.industries["primary"])

    assert queries() == few
    assert few <= 25
    assert Seen(sector.url).links["下一页"] == "?page=2"
