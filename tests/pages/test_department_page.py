"""The page of a supervising office: its units by branch, its own disclosures."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import IndustryPage, make_disclosure, make_industry, make_notice, make_page, make_unit, make_units
from tests.town import Town

from .seen import Seen

pytestmark = pytest.mark.usefixtures("clock")


def queries_of(path: str) -> int:
    Seen(path)
    with CaptureQueriesContext(connection) as captured:
        assert Seen(path).status == 200
    return len(captured)


def test_it_lists_its_units_and_no_others(town: Town):
    office = Seen(town.education_office.url)

    assert [row["title"] for row in office.context["units"]] == ["示例小学"]
    assert "所属单位（1 家）" in office.main
    assert office.links["示例小学"] == town.school.url


def test_units_are_narrowed_by_branch_without_script(town: Town):
    junior = make_industry("junior-school", town.industries["education"], title="初中")
    make_unit(town.education_office, title="示例中学", industry=junior)

    office = Seen(town.education_office.url, branch="junior-school")

    assert [row["title"] for row in office.context["units"]] == ["示例中学"]
    assert '<option value="junior-school" selected>初中 1</option>' in office.html


def test_an_unknown_branch_is_said_to_be_wrong_and_all_are_shown(town: Town):
    make_unit(town.education_office, industry=make_industry("junior-school", town.industries["education"]))

    for nonsense in ("moon", "1", "\x00", "小" * 300):
        office = Seen(town.education_office.url, branch=nonsense)

        assert office.status == 200
        assert len(office.context["units"]) == 2
        assert "这个选项，已显示全部。" in office.main


def test_a_filter_with_one_branch_is_not_offered(town: Town):
    assert Seen(town.education_office.url).context["unit_filter"] is None


def test_a_long_list_is_turned_page_by_page(town: Town):
    make_units(town.street, 60, industry=town.industries["hall"])

    first, last, beyond = (Seen(town.street.url, page=number) for number in (1, 2, "zzz"))

    assert len(first.context["units"]) == 50
    assert len(last.context["units"]) == 11
    assert beyond.context["unit_page"].number == 1
    assert first.links["下一页"] == "?page=2"


def test_it_says_what_it_is(town: Town):
    assert Seen(town.street.url).context["kicker"] == ["街道", "示例区"]
    assert Seen(town.water_office.url).context["kicker"] == ["主管部门", "供水", "市级"]


def test_it_shows_its_own_disclosures_and_the_notices_of_all_below(town: Town):
    make_disclosure(town.water_office, town.entries["office_functions"], title="局职能")
    make_disclosure(town.water, town.entries["water_profile"], title="公司概况")
    make_notice(town.water, title="停水通告")

    office = Seen(town.water_office.url)

    assert [row["title"] for group in office.context["groups"] for row in group["rows"]] == ["局职能"]
    assert "公司概况" not in office.main
    assert "停水通告" in office.section("现在的通告")


def test_it_leads_to_the_industry_it_supervises(town: Town):
    page = make_page(IndustryPage, town.portal, title="供水", industry=town.industries["water"])

    assert Seen(town.water_office.url).links["全市供水行业"] == page.url


def test_an_office_without_units_says_what_will_be_there(town: Town):
    town.hall.unpublish()

    assert "由它主管的公共企事业单位纳入名录后列在这里。" in Seen(town.street.url).main


def test_five_units_and_sixty_cost_the_same(town: Town):
    for _number in range(5):
        make_unit(town.street, industry=town.industries["hall"])
    few = queries_of(town.street.url)
    make_units(town.street, 55, industry=town.industries["primary"])

    assert queries_of(town.street.url) == few
