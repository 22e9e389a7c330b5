"""The three datums: round trips, known shifts, the border, and the words sources use."""

from __future__ import annotations

import csv
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.coordinates import (
    Datum,
    Position,
    bd09_from_gcj02,
    datum_of,
    gcj02_from_bd09,
    gcj02_from_wgs84,
    to_wgs84,
    wgs84_from_bd09,
    wgs84_from_gcj02,
)
from tests.shared_data import REAL_CITY, needs_real_city

# A kilometre inside the box of the map services, whose edge is a step and cannot be undone.
longitudes = st.floats(72.1, 137.7)
latitudes = st.floats(0.95, 55.7)


def near(position: Position, longitude: float, latitude: float, within: float = 1e-6) -> bool:
    return abs(position.longitude - longitude) < within and abs(position.latitude - latitude) < within


@given(longitudes, latitudes)
def test_gcj02_can_be_undone(longitude, latitude):
    shifted = gcj02_from_wgs84(longitude, latitude)

    assert near(wgs84_from_gcj02(shifted.longitude, shifted.latitude), longitude, latitude)


@given(longitudes, latitudes)
def test_bd09_can_be_undone(longitude, latitude):
    shifted = bd09_from_gcj02(longitude, latitude)

    assert near(gcj02_from_bd09(shifted.longitude, shifted.latitude), longitude, latitude)


@given(longitudes, latitudes)
def test_both_shifts_can_be_undone_together(longitude, latitude):
    gcj02 = gcj02_from_wgs84(longitude, latitude)
    bd09 = bd09_from_gcj02(gcj02.longitude, gcj02.latitude)

    assert near(wgs84_from_bd09(bd09.longitude, bd09.latitude), longitude, latitude)


@given(longitudes, latitudes)
def test_the_shift_is_no_more_than_a_kilometre_or_so(longitude, latitude):
    shifted = gcj02_from_wgs84(longitude, latitude)

    assert near(shifted, longitude, latitude, within=0.02)


def test_the_shift_is_the_published_one():
    # The test value of the widely used eviltransform implementation, in Shanghai.
    shifted = gcj02_from_wgs84(121.5272106, 31.1774276)

    assert near(shifted, 121.531541859215, 31.17530398364597, within=1e-9)


@pytest.mark.parametrize(("longitude", "latitude"), [(2.35, 48.86), (-73.9, 40.7), (180, 90), (-180, -90), (0, 0)])
@pytest.mark.parametrize("datum", Datum)
def test_outside_china_nothing_is_shifted(longitude, latitude, datum):
    assert to_wgs84(longitude, latitude, datum) == Position(longitude, latitude)


def test_each_datum_has_its_way_to_wgs84():
    assert to_wgs84(121.6, 38.9, Datum.WGS84) == Position(121.6, 38.9)
    assert to_wgs84(121.6, 38.9, Datum.GCJ02) == wgs84_from_gcj02(121.6, 38.9)
    assert to_wgs84(121.6, 38.9, Datum.BD09) == wgs84_from_bd09(121.6, 38.9)


@pytest.mark.parametrize(
    ("longitude", "latitude", "reason"),
    [
        (181, 0, "经度应在 -180 到 180 之间，现为 181"),
        (math.nan, 0, "经度"),
        (0, math.inf, "纬度"),
        (38.9, 121.6, "经度和纬度可能写反了"),
    ],
)
@pytest.mark.parametrize("convert", [gcj02_from_wgs84, wgs84_from_gcj02, bd09_from_gcj02, wgs84_from_bd09, Position])
def test_a_place_that_is_not_on_earth_is_refused(longitude, latitude, reason, convert):
    with pytest.raises(ValueError, match=reason):
        convert(longitude, latitude)


@pytest.mark.parametrize(
    ("words", "datum"),
    [
        ("BD-09 (4-6 digits)", Datum.BD09),
        ("BD-09", Datum.BD09),
        ("百度坐标", Datum.BD09),
        ("assumed GCJ-02", Datum.GCJ02),
        ("gcj02", Datum.GCJ02),
        ("火星坐标系（高德）", Datum.GCJ02),
        ("WGS 84", Datum.WGS84),
        ("ＷＧＳ－８４", Datum.WGS84),
        ("CGCS2000", Datum.WGS84),
    ],
)
def test_a_datum_is_read_from_the_words_of_a_source(words, datum):
    assert datum_of(words) is datum


@pytest.mark.parametrize(
    ("words", "reason"), [("", "未写明坐标系"), ("Beijing 54", "无法辨认"), ("GCJ-02 or BD-09", "无法辨认")]
)
def test_words_that_name_no_datum_or_two_are_refused(words, reason):
    with pytest.raises(ValueError, match=reason):
        datum_of(words)


@needs_real_city
@pytest.mark.parametrize("file", ["units.csv", "metro_stations.csv"])
def test_every_position_of_a_real_city_can_be_brought_to_wgs84(file):
    with (REAL_CITY / file).open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["lat"]]

    positions = [to_wgs84(float(row["lng"]), float(row["lat"]), datum_of(row["coord_sys"])) for row in rows]

    assert all(120 < place.longitude < 124 and 38 < place.latitude < 41 for place in positions)
