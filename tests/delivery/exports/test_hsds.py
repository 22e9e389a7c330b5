"""HSDS 3, judged by its own schemas."""

from __future__ import annotations

import pytest
from django.conf import settings

from cms.delivery.exports.hours import schedules
from tests.api.showcase import build_showcase
from tests.factories import make_service_item

from .acts import export, json_of
from .standards import hsds_errors

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")


@pytest.fixture
def lists(town):
    show = build_showcase(town)
    make_service_item(None, title="由多家单位分别提供")
    make_service_item(town.water, code="W-HERE", title="在本站办", connector="query", link="https://example.org/")
    export("hsds")
    return show, {name: json_of(f"files/hsds-{name}.json") for name in ("organizations", "services", "locations")}


def test_all_three_lists_fit_the_schemas(lists):
    _show, found = lists

    for name, things in found.items():
        assert things
        assert hsds_errors(name.removesuffix("s"), things) == []


def test_the_judge_notices_what_is_wrong():
    assert hsds_errors("service", [{"id": "1", "name": "甲", "status": "open"}])


def test_a_unit_has_its_numbers_places_and_superior(lists):
    _show, found = lists
    by_name = {each["name"]: each for each in found["organizations"]}

    water = by_name["示例自来水公司"]

    assert [phone["number"] for phone in water["phones"]] == ["0411-80000000", "0411-80000001", "12345"]
    assert [place["name"] for place in water["locations"]] == ["示例自来水公司", "示例营业厅"]
    assert water["locations"] == [each for each in found["locations"] if each["organization_id"] == water["id"]]
    assert water["parent_organization_id"] == by_name["市水务局"]["id"]


def test_a_service_leads_to_its_unit_and_tells_what_one_needs(lists):
    show, found = lists
    services = {each["name"]: each for each in found["services"]}
    units = {each["id"]: each["name"] for each in found["organizations"]}

    service = services["水费查询"]

    assert units[service["organization_id"]] == show.water.title
    assert "用户号；身份证号后四位" in service["application_process"]
    assert [each["document"] for each in service["required_documents"]] == ["水费通知单"]
    assert "organization_id" not in services["由多家单位分别提供"]


def test_a_service_that_is_done_here_leads_here(lists):
    _show, found = lists
    services = {each["name"]: each for each in found["services"]}

    here, elsewhere = services["在本站办"], services["水费查询"]

    assert f"{settings.BASE_URL}/do/W-HERE/" in here["application_process"]
    assert "https://example.org/" not in str(here)
    urls = {
        name: [each["location"]["url"] for each in service["service_at_locations"] if "url" in each["location"]]
        for name, service in (("here", here), ("elsewhere", elsewhere))
    }
    assert urls == {"here": [f"{settings.BASE_URL}/do/W-HERE/"], "elsewhere": ["https://water.example.cn/bill"]}


def test_identifiers_stay_the_same_from_night_to_night(lists):
    _show, before = lists

    export("hsds")

    assert json_of("files/hsds-services.json") == before["services"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("工作日 8:30–17:00", [("MO,TU,WE,TH,FR", "08:30+08:00", "17:00+08:00")]),
        (
            "周一至周六 8:30-11:30，13:00-16:30",
            [
                ("MO,TU,WE,TH,FR,SA", "08:30+08:00", "11:30+08:00"),
                ("MO,TU,WE,TH,FR,SA", "13:00+08:00", "16:30+08:00"),
            ],
        ),
        ("工作日 8:30–17:00，节假日值班", [(None, None, None)]),
        ("以现场公告为准", [(None, None, None)]),
        ("", []),
    ],
)
def test_plain_hours_become_times_and_others_stay_words(words, expected):
    found = schedules(words)

    assert [(each.get("byday"), each.get("opens_at"), each.get("closes_at")) for each in found] == expected
    assert all(each["description"] == words for each in found)
