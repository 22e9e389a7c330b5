"""The page of one's own choice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.models import NoticeKind, OrganisationPhone
from tests.factories import (
    IndustryPage,
    make_department,
    make_disclosure,
    make_district,
    make_notice,
    make_page,
    make_unit,
)
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


def outage(place, title, **fields):
    now = timezone.now()
    times = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=5)}
    return make_notice(place, title=title, kind=NoticeKind.PLANNED_OUTAGE, **{**times, **fields})


@pytest.fixture
def filled(town: Town) -> Town:
    """Give the town something to read."""
    make_disclosure(town.water, town.entries["water_price"], title="水价")
    make_disclosure(town.school, town.entries["school_admission"], title="招生计划")
    make_notice(town.school, title="招聘教师", kind=NoticeKind.RECRUITMENT)
    return town


def test_without_a_choice_there_is_the_form_alone(filled: Town):
    seen = Seen("/mine/")

    assert seen.status == 200
    assert "水价" not in seen.main
    assert "供水" in seen.main
    assert "示例区" in seen.main
    assert seen.crumbs == ["首页", "我的行业"]


def test_a_sector_brings_its_branches(filled: Town):
    seen = Seen("/mine/", industry="water")

    assert "水价" in seen.section("最新公开")
    assert "招生计划" not in seen.main
    assert 'value="water" checked' in seen.html


def test_a_district_brings_what_stands_under_it(filled: Town):
    seen = Seen("/mine/", district="210202")

    assert "招生计划" in seen.section("最新公开")
    assert "招聘教师" in seen.section("最新通告")
    assert "水价" not in seen.main


def test_an_industry_within_a_district_keeps_those_that_serve_the_whole_city(filled: Town):
    other = make_district(filled.portal, title="另一区", division_code="210203")
    office = make_department(other, title="另一区水务局", division_code="210203")
    elsewhere = make_unit(office, title="另一区水厂", industry=filled.industries["waterworks"])
    make_disclosure(elsewhere, filled.entries["water_price"], title="另一区水价")

    seen = Seen("/mine/?industry=water&district=210202")

    assert "水价" in seen.section("最新公开")
    assert "另一区水价" not in seen.main


def test_a_unit_brings_its_own_with_its_number(filled: Town):
    OrganisationPhone.objects.create(
        page=filled.school, label="总机", number="0411-00000000", locale=filled.school.locale
    )

    seen = Seen("/mine/", unit=filled.school.roster.code)

    assert "示例小学 0411-00000000" in seen.section("我选的单位")
    assert "招生计划" in seen.section("最新公开")
    assert "水价" not in seen.main


def test_outages_of_the_chosen_area_stand_first(filled: Town):
    outage(filled.water, "示例区停水", division_codes="210202;210211")
    outage(filled.water, "另一区停水", division_codes="210203")
    outage(filled.water, "全市停水")

    area, both = Seen("/mine/?district=210202"), Seen("/mine/?industry=water&district=210202")

    assert "示例区停水" in area.section("停供和抢修")
    assert "全市停水" not in area.main
    assert "示例区停水" in both.section("停供和抢修")
    assert "全市停水" in both.section("停供和抢修")
    assert "另一区停水" not in area.main + both.main
    assert area.main.index("示例区停水") < area.main.index("招生计划")


def test_what_is_over_is_no_outage_any_more(filled: Town):
    then = timezone.now() - timedelta(days=2)
    outage(filled.water, "旧停水", starts_at=then, ends_at=then + timedelta(hours=2))

    assert "现在和今后没有已公告的停供和抢修" in Seen("/mine/", industry="water").section("停供和抢修")


def test_one_choice_has_one_address(filled: Town):
    asked = "/mine/?district=210202&industry=water&industry=education&industry=water&mode=elder"

    response = Client().get(asked)

    expected = "/mine/?industry=education&industry=water&district=210202&mode=elder"
    assert (response.status_code, response["Location"]) == (302, expected)
    assert Client().get(expected).status_code == 200


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("industry=nothing", "没有代码为“nothing”的行业"),
        ("district=999999", "没有代码为“999999”的地区"),
        ("unit=%00x", "没有机构代码为“x”的单位"),
        ("unit=" + "长" * 2000, "没有机构代码为“" + "长" * 40 + "…”的单位"),
        ("industry=%3Cscript%3E", "没有代码为“&lt;script&gt;”的行业"),
        ("unit=%F0%9F%92%A7", "没有机构代码为“💧”的单位"),
    ],
)
def test_what_there_is_not_is_named_and_the_rest_is_shown(filled: Town, query, said):
    seen = Seen(f"/mine/?industry=water&{query}")

    assert seen.status == 200
    assert said in seen.html
    assert "水价" in seen.section("最新公开")


def test_so_many_and_no_more_can_be_chosen(filled: Town):
    many = "&".join(f"unit=x{number}" for number in range(40))

    seen = Seen(f"/mine/?industry=water&{many}")

    assert "最多选 30 个单位，只算了前 30 个" in seen.main
    assert "x30" not in seen.main


def test_a_unit_that_left_the_public_is_said_to_be_gone(filled: Town):
    code = filled.school.roster.code
    filled.school.unpublish()

    assert f"没有机构代码为“{code}”的单位" in Seen("/mine/", unit=code).main


def test_an_empty_field_does_not_stay_in_the_address(filled: Town):
    assert Client().get("/mine/?industry=water&find=")["Location"] == "/mine/?industry=water"


def test_units_are_found_by_name_and_added(filled: Town):
    seen = Seen("/mine/?industry=water&find=小学")

    assert seen.links["选入"] == f"/mine/?industry=water&unit={filled.school.roster.code}"
    assert "没有名称里有“月球”的其他单位" in Seen("/mine/", find="月球").main


def test_everybody_reads_the_same(filled: Town):
    stranger, known = Client(), Client()
    known.force_login(filled.editor("water"))
    known.cookies["anything"] = "else"

    first, second = stranger.get("/mine/?industry=water"), known.get("/mine/?industry=water")

    assert first.content == second.content
    assert first["Cache-Control"] == "public, no-cache"
    assert not first.cookies
    assert stranger.get("/mine/?industry=water", headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("prefix", ["/en", "/zh-hant"])
def test_it_is_read_in_every_language(filled: Town, prefix):
    seen = Seen(f"{prefix}/mine/?industry=water")

    assert seen.status == 200
    assert f"{prefix}/mine/feed/?industry=water" in seen.links.values()


def test_nothing_is_written(filled: Town):
    assert Client().post("/mine/", {"industry": "water"}).status_code == 405


def test_units_and_industries_lead_here(filled: Town):
    page = make_page(IndustryPage, filled.portal, title="供水", industry=filled.industries["water"])

    links = {name: Seen(url).links for name, url in (("unit", filled.water.url), ("industry", page.url), ("home", "/"))}

    assert links["unit"]["选入我的行业"] == f"/mine/?unit={filled.water.roster.code}"
    assert links["industry"]["选入我的行业"] == "/mine/?industry=water"
    assert links["home"]["选我的行业"] == "/mine/"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_more_of_everything_costs_no_more_queries(filled: Town, prefix):
    def cost() -> int:
        codes = "&".join(f"unit={code}" for code in sorted(each.roster.code for each in units))
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(f"{prefix}/mine/?industry=water&district=210202&{codes}").status_code == 200
        return len(queries)

    units = [filled.school]
    outage(filled.water, "停水")
    cost()
    few = cost()
    for number in range(6):
        units.append(make_unit(filled.education_office, title=f"小学{number}", industry=filled.industries["primary"]))
        make_disclosure(units[-1], filled.entries["school_admission"], title=f"计划{number}")
        outage(filled.water, f"停水{number}")
        make_notice(units[-1], title=f"通告{number}")

    assert cost() == few <= 26
