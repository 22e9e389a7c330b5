"""Organisations are filtered by codes, levels, places and the typed fields of their page types."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from industries.education.models import UniversityPage
from pages.models import RosterState
from pages.roster import set_roster_state
from tests.case_names import case_name
from tests.factories import make_unit


@pytest.fixture
def described(town):
    """Give the town's units positions and typed fields."""
    for page, values in {
        town.school: {"stage": "primary", "ownership": "public", "boarding": False, "classes": 24},
        town.water: {"households": 5000, "daily_capacity": Decimal("12.50"), "service_area": "示例区全域"},
    }.items():
        for name, value in values.items():
            setattr(page, name, value)
        page.longitude, page.latitude = Decimal("121.6"), Decimal("38.9")
        page.save()
    return town


@pytest.mark.parametrize(
    ("parameters", "titles"),
    [
        ({"industry": "education"}, {"示例小学"}),
        ({"industry": "water"}, {"市水务局", "示例自来水公司"}),
        ({"branch": "waterworks"}, {"示例自来水公司"}),
        ({"branch": "waterworks,primary-school"}, {"示例自来水公司", "示例小学"}),
        ({"division": "210202001"}, {"示例街道", "示例便民大厅"}),
        ({"division": "2102", "level": "unit"}, {"示例自来水公司", "示例小学", "示例便民大厅"}),
        ({"level": "portal,district"}, {"示例市办事公开网", "示例区"}),
        ({"type": "education.SchoolPage,water.WaterPage"}, {"示例小学", "示例自来水公司"}),
        ({"type": "pages.UnitPage"}, {"示例便民大厅"}),
        ({"office_kind": "subdistrict"}, {"示例街道"}),
        ({"bbox": "121.5,38.8,121.7,39.0"}, {"示例小学", "示例自来水公司"}),
        ({"bbox": "0,0,1,1"}, set()),
        ({"stage": "primary,junior"}, {"示例小学"}),
        ({"stage": "junior"}, set()),
        ({"boarding": "false"}, {"示例小学"}),
        ({"boarding": "true"}, set()),
        ({"classes_min": 24, "classes_max": 24}, {"示例小学"}),
        ({"classes_min": 25}, set()),
        ({"water_daily_capacity_min": "12.5"}, {"示例自来水公司"}),
        ({"water_daily_capacity_max": "12.49"}, set()),
        ({"service_area": "全域"}, {"示例自来水公司"}),
        ({"industry": "education", "boarding": "false", "division": "210202"}, {"示例小学"}),
    ],
    ids=case_name,
)
def test_a_filter_keeps_what_fits(api, described, parameters, titles):
    assert api.titles("organisations", **parameters) == titles


def test_one_name_of_two_types_finds_both(api, described):
    make_unit(described.education_office, UniversityPage, title="示例大学", ownership="public")

    assert api.titles("organisations", ownership="public") == {"示例小学", "示例大学"}


def test_the_roster_filters_by_state_and_code(api, town):
    set_roster_state(town.school, RosterState.INCLUDED, "首批纳入", date(2026, 1, 1))

    assert api.titles("organisations", roster="included") == {"示例小学"}
    assert api.titles("organisations", code=town.water.roster.code) == {"示例自来水公司"}


@pytest.mark.parametrize(
    ("written", "asked", "is_served"),
    [
        ("210202；210203008", "210202", True),
        ("210202；210203008", "210202001", True),
        ("210202；210203008", "210202001003", True),
        ("210203008, 210202", "210202", True),
        ("210200", "210202001", True),
        ("210203008", "210203", False),
        ("210202001", "210202", False),
        ("210202001", "210202001003", True),
        ("210202001003", "210202001", False),
        ("", "210202", False),
    ],
)
def test_a_unit_is_found_by_the_divisions_it_serves(api, town, written, asked, is_served):
    town.water.service_divisions = written
    town.water.save()

    assert api.titles("organisations", serves=asked) == ({"示例自来水公司"} if is_served else set())
    assert api.titles("organisations", serves=f"{asked},999999") == ({"示例自来水公司"} if is_served else set())


@pytest.mark.parametrize("asked", ["2102", "21020a", "2102020", "示例区"])
def test_who_serves_is_asked_with_a_whole_code(api, town, asked):
    assert api.answer("organisations/", serves=asked).status_code == 400


def test_a_place_in_the_tree_keeps_what_stands_below(api, town):
    assert api.titles("organisations", child_of=town.district.pk) == {"示例区教育局", "示例街道"}
    assert api.titles("organisations", descendant_of=town.district.pk) == {
        "示例区教育局",
        "示例小学",
        "示例街道",
        "示例便民大厅",
    }


def test_stretches_of_time_join_without_gap_or_overlap(api, town):
    moment = town.school.first_published_at.isoformat()

    after = api.titles("organisations", published_after=moment)
    before = api.titles("organisations", published_before=moment)

    assert "示例小学" in after
    assert after & before == set()
    assert after | before == api.titles("organisations")


def test_the_order_is_total_and_what_is_empty_comes_last(api, town):
    shown = [item["title"] for item in api.list("organisations", order="-code", limit=100)]
    paged = [
        item["title"] for start in range(8) for item in api.list("organisations", order="-code", limit=1, offset=start)
    ]

    assert shown == paged
    assert len(set(shown)) == 8


def test_the_total_is_exact_whatever_page_is_read(api, town):
    for parameters in ({"limit": 0}, {"offset": 5}, {"offset": 10_000}):
        assert api.answer("organisations/", **parameters).json()["meta"]["total_count"] == 8
