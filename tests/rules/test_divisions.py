"""Which division lies within which."""

from __future__ import annotations

import pytest

from rules.divisions import above, around, codes_in, comprises, odd_parts, stem


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("210200", "210202"),
        ("210200", "210202008001"),
        ("210000", "210202"),
        ("210202", "210202"),
        ("210202", "210202008"),
        ("210202008", "210202008001"),
    ],
)
def test_a_division_comprises_what_lies_within_it(outer, inner):
    assert comprises(outer, inner)


@pytest.mark.parametrize(("outer", "inner"), [("210202", "210203008"), ("210202008", "210202"), ("", "210202")])
def test_a_division_does_not_comprise_others(outer, inner):
    assert not comprises(outer, inner)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("210202008001", ["210202008001", "210202008", "210202", "210200", "210000"]),
        ("210202008", ["210202008", "210202", "210200", "210000"]),
        ("210202", ["210202", "210200", "210000"]),
        ("210200", ["210200", "210000"]),
        ("210000", ["210000"]),
    ],
)
def test_what_lies_around_a_division_is_written_as_codes(code, found):
    assert around(code) == found


def test_codes_are_read_whatever_stands_between_them():
    assert codes_in("210202；210203, 210204008、210205008001\n21020") == [
        "210202",
        "210203",
        "210204008",
        "210205008001",
    ]


def test_what_is_no_code_is_named():
    assert odd_parts("210202;中山区;21020") == ["中山区", "21020"]


def test_above_a_community_lie_its_street_its_district_and_its_city():
    assert above("210202008001") == ["210202008001", "210202008", "210202", "2102"]
    assert above("210200") == ["2102"]
    assert stem("210200") == "2102"
