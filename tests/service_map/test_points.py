"""What the script draws is what the list says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.models import NoticeKind
from rules.coordinates import gcj02_from_wgs84
from tests.factories import make_notice
from tests.pages.seen import Seen
from tests.town import Town

from .conftest import add_outlet

pytestmark = pytest.mark.usefixtures("clock")


def points(**query):
    response = Client(SERVER_NAME="localhost").get("/map/points.json", query)
    assert response.status_code == 200, response.content
    answer = response.json()
    answer["rows"] = [dict(zip(answer["columns"], row, strict=True)) for row in answer["rows"]]
    return answer


def test_the_same_places_stand_under_the_same_numbers(placed: Town):
    listed = {row["number"]: row["title"] for row in Seen("/map/", near="示例小学").context["rows"]}

    drawn = points(near="示例小学")

    assert {row["number"]: row["title"] for row in drawn["rows"]} == {
        number: title for number, title in listed.items() if title != "示例营业厅二"
    }
    assert [row["number"] for row in drawn["rows"]] == [1, 2, 3, 4]
    assert drawn["total"] == 5
    assert drawn["origin"] == {"title": "示例小学", "position": [121.64, 38.92]}


def test_positions_are_wgs_84_and_drawn_where_they_are(placed: Town):
    drawn = points(industry="primary-school")

    assert (drawn["datum"], drawn["drawn_datum"]) == ("WGS-84", "WGS84")
    row = drawn["rows"][0]
    assert (row["longitude"], row["latitude"], "x" in row) == (121.64, 38.92, False)
    assert drawn["root"] + row["url"] == placed.school.url


def test_a_shifted_map_is_given_shifted_positions(placed: Town, settings):
    settings.MAP_TILES = ["https://t{s}.example.org/{z}/{x}/{y}.png"]
    settings.MAP_REVIEW_NUMBER, settings.MAP_DATUM = "GS(2026)0000号", "GCJ-02"

    drawn = points(industry="primary-school")

    shifted = gcj02_from_wgs84(121.64, 38.92)
    row = drawn["rows"][0]
    assert (row["longitude"], row["latitude"]) == (121.64, 38.92)
    assert (row["x"], row["y"]) == (round(shifted.longitude, 5), round(shifted.latitude, 5))


def test_districts_are_written_into_the_middle_of_their_places(placed: Town):
    assert points()["labels"] == [["示例区", 121.7, 38.95]]


def test_an_outage_is_drawn_where_its_divisions_lie_and_listed(placed: Town):
    now = timezone.now()
    times = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=4)}
    make_notice(
        placed.water,
        kind=NoticeKind.EMERGENCY,
        title="抢修停水",
        area="示例街道东侧",
        division_codes="210202001；999999",
        **times,
    )
    make_notice(placed.water, kind=NoticeKind.PLANNED_OUTAGE, title="别处停水", area="别处", **times)
    make_notice(placed.water, kind=NoticeKind.GENERAL, title="普通公告", division_codes="210202001", **times)

    areas = points()["areas"]
    listed = Seen("/map/").section("正在或即将停供")

    assert [(area["notices"][0]["title"], area["position"], area["metres"]) for area in areas] == [
        ("抢修停水", [121.7, 38.95], 1_200)
    ]
    assert "抢修停水" in listed
    assert "示例街道东侧" in listed
    assert "别处停水" in listed
    assert "普通公告" not in listed


def test_an_odd_position_is_told_to_the_script_as_well(placed: Town):
    response = Client(SERVER_NAME="localhost").get("/map/points.json", {"at": "0,0"})

    assert response.status_code == 400
    assert "不在本市范围内" in response.json()["problems"][0]


def test_the_number_of_queries_does_not_grow(placed: Town):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            points()
        return len(queries)

    asked()
    few = asked()
    for number in range(12):
        add_outlet(placed.water, f"网点{number}", "121.6", "38.9")

    assert asked() == few <= 10
