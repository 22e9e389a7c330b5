"""Positions and the three datums in which Chinese sources write them.

Everything is stored as WGS-84. GCJ-02 is what Chinese map services must use, BD-09 is Baidu's shift on top of it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import pi


class Datum(StrEnum):
    """The datum of a pair of degrees."""

    WGS84 = "WGS84"
    GCJ02 = "GCJ02"
    BD09 = "BD09"


@dataclass(frozen=True)
class Position:
    """A point in degrees, east and north positive; raises ValueError outside ±180 and ±90."""

    longitude: float
    latitude: float

    def __post_init__(self) -> None:
        # Written so that NaN fails too.
        if not abs(self.longitude) <= 180:
            raise ValueError(f"经度应在 -180 到 180 之间，现为 {self.longitude}。")
        if not abs(self.latitude) <= 90:
            hint = "经度和纬度可能写反了。" if abs(self.latitude) <= 180 else ""
            raise ValueError(f"纬度应在 -90 到 90 之间，现为 {self.latitude}。{hint}")


_DATUMS = {
    Datum.WGS84: r"WGS84|GPS|CGCS2000|天地图",  # CGCS2000 differs from WGS-84 by centimetres.
    Datum.GCJ02: r"GCJ02|火星|高德|腾讯|AMAP",
    Datum.BD09: r"BD09|百度|BAIDU",
}


def datum_of(text: str) -> Datum:
    """Read the datum from a source's own words, such as `BD-09 (4-6 digits)` or `assumed GCJ-02`.

    Raises ValueError when the words name no datum, or two.
    """
    words = re.sub(r"[\s\-_]", "", unicodedata.normalize("NFKC", text)).upper()
    found = [datum for datum, pattern in _DATUMS.items() if re.search(pattern, words)]
    if len(found) != 1:
        known = "WGS-84、GCJ-02、BD-09"
        raise ValueError(
            f"坐标系“{text}”无法辨认，应为 {known} 之一。" if text.strip() else f"未写明坐标系（{known}）。"
        )
    return found[0]


def to_wgs84(longitude: float, latitude: float, datum: Datum) -> Position:
    """Bring a position of any datum to WGS-84.

    Degrees, east and north positive. Outside China the three datums are one.
    Raises ValueError when |latitude| > 90 or |longitude| > 180.
    """
    match datum:
        case Datum.GCJ02:
            return wgs84_from_gcj02(longitude, latitude)
        case Datum.BD09:
            return wgs84_from_bd09(longitude, latitude)
        case Datum.WGS84:
            return Position(longitude, latitude)


def gcj02_from_wgs84(longitude: float, latitude: float) -> Position:
    """Shift a WGS-84 position to the datum Chinese map tiles use.

    Degrees, east and north positive. Outside China the position is returned unchanged.
    Raises ValueError when |latitude| > 90 or |longitude| > 180.
    """
    return _inside_china(_gcj02, longitude, latitude)


def wgs84_from_gcj02(longitude: float, latitude: float) -> Position:
    """Undo the shift of Chinese map tiles, to less than a millimetre.

    Degrees, east and north positive. Outside China the position is returned unchanged.
    Raises ValueError when |latitude| > 90 or |longitude| > 180.
    """
    return _inside_china(_inverse(_gcj02), longitude, latitude)


def bd09_from_gcj02(longitude: float, latitude: float) -> Position:
    """Shift a GCJ-02 position to Baidu's datum.

    Degrees, east and north positive. Outside China the position is returned unchanged.
    Raises ValueError when |latitude| > 90 or |longitude| > 180.
    """
    return _inside_china(_bd09, longitude, latitude)


def gcj02_from_bd09(longitude: float, latitude: float) -> Position:
    """Undo Baidu's own shift; what is left is GCJ-02.

    Degrees, east and north positive. Outside China the position is returned unchanged.
    Raises ValueError when |latitude| > 90 or |longitude| > 180.
    """
    return _inside_china(_inverse(_bd09), longitude, latitude)


def wgs84_from_bd09(longitude: float, latitude: float) -> Position:
    """Undo both shifts of a position taken from Baidu's map.

    Degrees, east and north positive. Outside China the position is returned unchanged.
    Raises ValueError when |latitude| > 90 or |longitude| > 180.
    """
    gcj02 = gcj02_from_bd09(longitude, latitude)
    return wgs84_from_gcj02(gcj02.longitude, gcj02.latitude)


_Shift = Callable[[float, float], tuple[float, float]]


def _inside_china(shift: _Shift, longitude: float, latitude: float) -> Position:
    position = Position(longitude, latitude)
    # The box that the map services themselves use.
    if 72.004 <= longitude <= 137.8347 and 0.8293 <= latitude <= 55.8271:
        return Position(*shift(longitude, latitude))
    return position


def _inverse(shift: _Shift) -> _Shift:
    """Find what the shift maps to a position; the shift is smooth and small, so each round gains two digits."""

    def unshift(x: float, y: float) -> tuple[float, float]:
        guess_x, guess_y = x, y
        for _ in range(12):
            seen_x, seen_y = shift(guess_x, guess_y)
            guess_x, guess_y = guess_x + x - seen_x, guess_y + y - seen_y
        return guess_x, guess_y

    return unshift


# The Krasovsky 1940 ellipsoid: semi-major axis in metres, first eccentricity squared.
_AXIS = 6378245.0
_ECCENTRICITY = 0.00669342162296594323


def _gcj02(longitude: float, latitude: float) -> tuple[float, float]:
    """Shift by the published formula, metres on Krasovsky's ellipsoid turned into degrees."""
    x, y = longitude - 105, latitude - 35
    phi = math.radians(latitude)
    flattened = 1 - _ECCENTRICITY * math.sin(phi) ** 2
    east = math.degrees(_metres_east(x, y) / (_AXIS / math.sqrt(flattened) * math.cos(phi)))
    north = math.degrees(_metres_north(x, y) / (_AXIS * (1 - _ECCENTRICITY) / flattened**1.5))
    return longitude + east, latitude + north


def _metres_east(x: float, y: float) -> float:
    metres = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    return metres + _waves(x, (20, 6 * pi), (20, 2 * pi), (20, pi), (40, pi / 3), (150, pi / 12), (300, pi / 30))


def _metres_north(x: float, y: float) -> float:
    metres = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    short = _waves(x, (20, 6 * pi), (20, 2 * pi))
    return metres + short + _waves(y, (20, pi), (40, pi / 3), (160, pi / 12), (320, pi / 30))


def _waves(degrees: float, *waves: tuple[float, float]) -> float:
    return sum(amplitude * math.sin(degrees * frequency) for amplitude, frequency in waves) * 2 / 3


def _bd09(longitude: float, latitude: float) -> tuple[float, float]:
    """Shift by Baidu's published formula."""
    turn = pi * 3000 / 180
    radius = math.hypot(longitude, latitude) + 0.00002 * math.sin(latitude * turn)
    angle = math.atan2(latitude, longitude) + 0.000003 * math.cos(longitude * turn)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006
