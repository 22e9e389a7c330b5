"""Distances and directions as the crow flies."""

from __future__ import annotations

import pytest

from rules.coordinates import Position
from rules.distance import metres_between, quarter, rounded

SQUARE = Position(121.6441, 38.9209)


def test_a_degree_along_a_meridian_is_a_hundred_and_eleven_kilometres():
    assert metres_between(Position(121, 38), Position(121, 39)) == pytest.approx(111_195, abs=1)


def test_the_distance_is_the_same_both_ways_and_nothing_to_itself():
    harbour = Position(121.68, 38.93)

    assert metres_between(SQUARE, harbour) == metres_between(harbour, SQUARE)
    assert metres_between(SQUARE, SQUARE) == 0


def test_the_other_side_of_the_earth_is_half_way_round():
    assert metres_between(Position(0, 0), Position(180, 0)) == pytest.approx(20_015_115, abs=1)


@pytest.mark.parametrize(
    ("east", "north", "expected"),
    [(0, 1, 0), (1, 1.3, 1), (1, 0, 2), (1, -1.3, 3), (0, -1, 4), (-1, -1.3, 5), (-1, 0, 6), (-1, 1.3, 7)],
)
def test_the_quarter_follows_the_compass(east, north, expected):
    goal = Position(SQUARE.longitude + east / 100, SQUARE.latitude + north / 100)

    assert quarter(SQUARE, goal) == expected


@pytest.mark.parametrize(
    ("metres", "expected"), [(4, 0), (347, 350), (1_249, 1_200), (99_960, 100_000), (120_499, 120_000)]
)
def test_a_distance_is_rounded_as_people_say_it(metres, expected):
    assert rounded(metres) == expected
