"""The public catalogue of an industry: how many of its units have what, and which of them owe it."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pages.completeness import catalogue_lines
from pages.models import OrganisationPhone, RosterState
from pages.roster import set_roster_state
from pages.standing import standings
from tests.factories import IndustryPage, make_disclosure, make_entry, make_page, make_unit
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def water(town: Town) -> IndustryPage:
    page: IndustryPage = make_page(IndustryPage, town.portal, title="供水", industry=town.industries["water"])
    return page


def another_unit(town: Town, title: str, since: date = date(2026, 1, 15)):
    unit = make_unit(town.water_office, title=title, industry=town.industries["waterworks"])
    set_roster_state(unit, RosterState.INCLUDED, "示例文件", since)
    return unit


def rows(seen: Seen) -> dict[str, dict]:
    return {
        row["code"]: row
        for catalogue in seen.context["catalogues"]
        for group in catalogue["groups"]
        for row in group["rows"]
    }


def test_each_entry_counts_the_units_that_have_it_and_owe_it(town: Town, water):
    set_roster_state(town.water, RosterState.INCLUDED, "示例文件", date(2026, 1, 15))
    another_unit(town, "第二供水公司")
    another_unit(town, "新供水公司", since=date(2026, 11, 20))
    make_disclosure(town.water, town.entries["water_price"])

    seen = Seen(f"{water.url}catalogue/")

    found = {code: (row["have"], row["owe"], row["total"]) for code, row in rows(seen).items()}
    assert found == {"A01": (0, 2, 3), "B01": (1, 1, 3), "B02": (0, 0, 3)}


def test_the_arithmetic_is_that_of_a_single_unit(town: Town, water):
    make_entry("water", "F01", title="电话", content_kind="phone_list")
    make_entry("water", "G01", title="年报", cycle="yearly", cycle_amount=None, cycle_unit="", due_month=3, due_day=15)
    units = [town.water, another_unit(town, "第二供水公司"), another_unit(town, "第三供水公司", date(2026, 11, 20))]
    units[1].phones.add(OrganisationPhone(label="总机", number="0411-0000-0000"))
    units[1].save_revision().publish(skip_permission_checks=True)
    make_disclosure(units[2], town.entries["water_price"])

    many = standings([town.industries["waterworks"]], date(2026, 11, 23))

    for unit in units:
        single = {line.entry.pk: line.state for line in catalogue_lines(unit.specific, date(2026, 11, 23))}
        assert {each.entry.pk: each.states[unit.pk] for each in many} == single


def test_one_entry_names_the_units_and_who_owes_comes_first(town: Town, water):
    set_roster_state(town.water, RosterState.INCLUDED, "示例文件", date(2026, 1, 15))
    late = another_unit(town, "第二供水公司")
    make_disclosure(town.water, town.entries["water_price"])

    seen = Seen(f"{water.url}catalogue/", catalogue="water", entry="B01")

    assert [row["title"] for row in seen.context["rows"]] == ["第二供水公司", "示例自来水公司"]
    assert [row["status"] for row in seen.context["rows"]] == ["已逾期", ""]
    assert seen.links["第二供水公司"] == f"{late.url}catalogue/#B01"


def test_a_sector_with_several_catalogues_shows_each(town: Town):
    education = make_page(IndustryPage, town.portal, title="教育", industry=town.industries["education"])
    make_unit(town.education_office, title="示例培训中心", industry=town.industries["education"])
    make_entry("generic", "B01", title="通用事项")

    seen = Seen(f"{education.url}catalogue/")

    assert {each["code"] for each in seen.context["catalogues"]} == {"education_school", "generic"}


def test_an_industry_without_units_says_what_will_be_there(town: Town):
    empty = make_page(IndustryPage, town.portal, title="政务服务", industry=town.industries["services"])
    town.hall.unpublish()

    seen = Seen(f"{empty.url}catalogue/")

    assert "本行业的单位纳入名录后" in seen.main


def test_units_that_are_not_public_are_not_counted(town: Town, water):
    another_unit(town, "退出的公司").unpublish()

    assert rows(Seen(f"{water.url}catalogue/"))["B01"]["total"] == 1


def test_the_catalogue_of_an_industry_as_csv(town: Town, water):
    make_disclosure(town.water, town.entries["water_price"])

    text = b"".join(Client().get(f"{water.url}catalogue.csv")).decode("utf-8-sig")

    found = {row["编号"]: row for row in csv.DictReader(StringIO(text))}
    assert (found["B01"]["单位数"], found["B01"]["已公开单位"]) == ("1", "1")


def test_an_unknown_entry_is_named(town: Town, water):
    assert "目录中没有“Z99”这个事项" in Seen(f"{water.url}catalogue/", catalogue="water", entry="Z99").main


@pytest.mark.parametrize("query", [{}, {"catalogue": "water", "entry": "B01"}])
def test_more_units_cost_no_more_queries(town: Town, water, query):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            Seen(f"{water.url}catalogue/", **query)
        return len(queries)

    make_disclosure(town.water, town.entries["water_price"])
    Seen(f"{water.url}catalogue/")
    few = cost()
    for number in range(8):
        make_disclosure(another_unit(town, f"第{number}公司"), town.entries["water_price"], title=f"水价{number}")

    assert cost() == few
