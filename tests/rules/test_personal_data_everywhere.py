"""Personal data in any text: properties, and that the work grows no faster than the text."""

from __future__ import annotations

import re
from datetime import date
from math import inf
from re import _parser as parser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.personal_data import KINDS, Action, find_personal_data
from rules.personal_data.kind import compact

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# How many ways a pattern may be tried at one position of a text, and how far it may reach from there.
WAYS, REACH = 2**15, 700


def checked(body: str) -> str:
    return body + "10X98765432"[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True)) % 11]


# Of the 19th century: nobody has them.
persons = st.builds(
    lambda county, day, serial: checked(f"{county}{day:%Y%m%d}{serial:03d}"),
    st.sampled_from(["110105", "210203", "320102", "440524", "510107", "620102", "830000"]),
    st.dates(min_value=date(1800, 1, 1), max_value=date(1899, 12, 31)),
    st.integers(0, 999),
)
prose = st.text("停水通知，办事公开。（大连）\n\t ", max_size=30)
gaps = st.lists(st.sampled_from(["", "", " ", "-", "　", "－", "\u200b", " — ", "\n"]), min_size=17, max_size=17)


def apart(number: str, separators: list[str]) -> str:
    return "".join(digit + gap for digit, gap in zip(number, [*separators, ""], strict=True))


def wide(number: str) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in number)


@given(st.text(), persons, st.text())
def test_an_identity_number_is_found_in_any_text(before, person, after):
    text = before + person + after

    blocked = [finding for finding in find_personal_data(text) if finding.action is Action.BLOCK]

    assert any(finding.start <= len(before) < finding.end for finding in blocked)


@given(prose, persons, gaps, st.booleans(), prose)
def test_its_position_is_that_in_the_original_text(before, person, separators, is_wide, after):
    written = apart(wide(person) if is_wide else person, separators)

    (finding,) = find_personal_data(before + written + after)

    assert (finding.kind, finding.start, finding.end) == ("cn_id18", len(before), len(before) + len(written))
    assert finding.masked == f"{person[:2]}{'*' * 13}{person[-3:]}"


@given(prose, persons, st.sampled_from("0123456789X"), prose)
def test_an_identity_number_with_another_check_character_does_not_block(before, person, other, after):
    text = before + person[:-1] + other + after

    (finding,) = find_personal_data(text)

    assert finding.action is (Action.BLOCK if other == person[-1] else Action.WARN)


@given(st.text("0123456789 -X.ＸG1３姓名护照户号机密★@辽B\t\n\u200b", max_size=60))
def test_finds_stand_in_the_text_in_order_and_apart(text):
    findings = find_personal_data(text)

    ends = [0, *(finding.end for finding in findings)]
    assert all(end <= finding.start < finding.end for end, finding in zip(ends, findings, strict=False))
    assert all(finding.end <= len(text) for finding in findings)


@given(st.text())
def test_any_text_can_be_read(text):
    assert all(finding.action is not Action.BLOCK_UNLESS_OFFICIAL for finding in find_personal_data(text))


@given(prose, persons)
def test_a_masked_value_hides_what_matters(before, person):
    for finding in find_personal_data(f"{before}\n{person}"):
        assert compact(person)[2:15] not in finding.masked
        assert find_personal_data(finding.masked) == []


@pytest.mark.parametrize("filler", ["1", "a", " "], ids=["digits", "letters", "spaces"])
def test_a_megabyte_of_one_character_is_read(filler):
    assert find_personal_data(filler * 1_000_000) == []


def ways(parsed: Any) -> float:
    """Count, from above, the ways in which the engine can try a parsed pattern at one position."""
    product: float = 1
    for operation, argument in parsed:
        product *= _ways_of(str(operation), argument)
    return product


def _ways_of(operation: str, argument: Any) -> float:
    match operation:
        case "BRANCH":
            return sum(ways(branch) for branch in argument[1])
        case "SUBPATTERN" | "ASSERT" | "ASSERT_NOT":
            return ways(argument[-1])
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, repeated = argument
            return inf if most is parser.MAXREPEAT else sum(ways(repeated) ** n for n in range(least, most + 1))
        case "POSSESSIVE_REPEAT":
            _, most, repeated = argument
            return inf if most is parser.MAXREPEAT else ways(repeated) ** most
    assert operation in {"LITERAL", "NOT_LITERAL", "IN", "ANY", "AT"}, operation
    return 1


PATTERNS = [
    pytest.param(pattern, id=f"{kind.code}-{number}")
    for kind in KINDS
    for number, pattern in enumerate([*kind.patterns, *filter(None, [kind.context])])
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_work_for_one_position_has_a_limit(pattern):
    parsed = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)

    assert ways(parsed) <= WAYS
    assert parsed.getwidth()[1] <= REACH
