"""What templates look for in a draft."""

from __future__ import annotations

from industries.heating.models import HeatingPage
from pages.industry_templates import findings
from tests.factories import make_disclosure, make_entry, make_industry, make_notice, make_unit


def heating_price(town, title):
    """Make a price disclosure of a heating company."""
    branch = make_industry("district-heating", town.industries["services"], catalogue="heating")
    unit = make_unit(town.water_office, HeatingPage, industry=branch)
    return make_disclosure(unit, make_entry("heating", "B01", content_kind="fee_table"), title=title)


def test_a_heating_price_names_its_season(town):
    assert findings(heating_price(town, "居民供热价格")) == ["供热价格没有写明适用的采暖期，例如“2026—2027 年采暖期”。"]


def test_a_heating_price_that_names_its_season_is_in_order(town):
    assert findings(heating_price(town, "2026—2027 年采暖期居民供热价格")) == []


def test_an_admission_plan_names_its_year(town):
    entry = make_entry("education_school", "B02")

    plan = make_disclosure(town.school, entry, title="招生计划")

    assert findings(plan) == ["招生信息的标题没有写明年度，例如“2026 年招生计划”。"]


def test_an_admission_plan_of_a_year_is_in_order(town):
    entry = make_entry("education_school", "B02")

    assert findings(make_disclosure(town.school, entry, title="2026 年招生计划")) == []
    assert findings(make_disclosure(town.school, entry, title="二〇二六年招生计划")) == []


def test_other_entries_are_not_asked(town):
    assert findings(make_disclosure(town.water, town.entries["water_price"], title="水价")) == []


def test_a_notice_without_an_entry_is_not_asked(town):
    assert findings(make_notice(town.school, title="放假通知")) == []
