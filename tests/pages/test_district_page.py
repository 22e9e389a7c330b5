"""The page of a district: offices and streets, units by industry, what is new."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import OfficeKind
from tests.factories import IndustryPage, make_department, make_disclosure, make_notice, make_page, make_unit
from tests.town import Town

from .seen import Seen

pytestmark = pytest.mark.usefixtures("clock")


def test_departments_and_streets_stand_apart_with_their_units(town: Town):
    make_department(town.district, title="示例镇", office_kind=OfficeKind.TOWN)

    district = Seen(town.district.url)

    assert [(each["title"], each["number"]) for each in district.context["offices"]] == [("示例区教育局", 1)]
    assert [(each["title"], each["number"]) for each in district.context["streets"]] == [
        ("示例街道", 1),
        ("示例镇", None),
    ]


def test_its_industries_lead_to_their_units_in_this_district(town: Town):
    page = make_page(IndustryPage, town.portal, title="教育", industry=town.industries["education"])
    make_page(IndustryPage, town.portal, title="供水", industry=town.industries["water"])

    district = Seen(town.district.url)

    # Nobody supplies water in this district.
    assert [(each["title"], each["number"]) for each in district.context["industries"]] == [("教育", 1)]
    assert district.links["教育"] == f"{page.url}?division=210202"


def test_what_is_new_comes_from_all_below_and_from_nowhere_else(town: Town):
    make_disclosure(town.school, town.entries["school_admission"], title="招生计划")
    make_disclosure(town.water, town.entries["water_profile"], title="公司概况")
    make_notice(town.hall, title="大厅公告")

    district = Seen(town.district.url)

    assert "招生计划" in district.section("最新公开")
    assert "大厅公告" in district.section("现在的通告")
    assert "公司概况" not in district.main


def test_its_own_disclosures_stand_under_their_own_heading(town: Town):
    make_disclosure(town.district, town.entries["office_functions"], title="区职能")

    district = Seen(town.district.url)

    assert "本机关公开情况" in district.main
    assert [row["title"] for group in district.context["groups"] for row in group["rows"]] == ["区职能"]


def test_two_offices_and_twenty_cost_the_same(town: Town):
    def queries() -> int:
        Seen(town.district.url)
        with CaptureQueriesContext(connection) as captured:
            assert Seen(town.district.url).status == 200
        return len(captured)

    few = queries()
    for number in range(18):
        office = make_department(town.district, title=f"示例局{number}")
        make_unit(office, industry=town.industries["hall"])

    assert queries() == few
