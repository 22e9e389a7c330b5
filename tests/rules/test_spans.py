"""Folded texts: every position leads back to the original."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from rules.spans import fold, nfkc, without_overlaps


def test_a_position_leads_back_over_what_grew_and_what_vanished():
    text = "㈱１\u200b２a\u0301"

    folded = fold(text, nfkc)

    assert folded.text == "(株)12a"
    assert [folded.span(position, position + 1) for position in range(6)] == [
        *[(0, 1)] * 3,
        (1, 2),
        (3, 4),
        (4, 5),
    ]
    assert folded.span(3, 5) == (1, 4)


def test_a_position_leads_back_over_what_was_taken_out():
    folded = fold("a-１-b", nfkc).without(re.compile("-"))

    assert folded.text == "a1b"
    assert folded.span(0, 3) == (0, 5)
    assert folded.span(1, 2) == (2, 3)


@given(st.text())
def test_every_folded_character_comes_from_the_character_it_leads_back_to(text):
    folded = fold(text, nfkc)

    assert len(folded.origin) == len(folded.text)
    assert all(character in nfkc(text[origin]) for character, origin in zip(folded.text, folded.origin, strict=True))


def test_of_overlapping_finds_the_first_given_is_kept():
    assert without_overlaps([(2, 5), (0, 3), (5, 6), (0, 2)], 6, lambda find: find) == [(2, 5), (5, 6), (0, 2)]
