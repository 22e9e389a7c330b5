"""Unified social credit codes: what is right, what is wrong, and that the message says which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.credit_code import (
    ALPHABET,
    CreditCodeError,
    check_credit_code,
    check_digit,
    normalise_credit_code,
)

# The example stdnum documents.
VALID = "91110000600037341L"

bodies = st.builds(
    "".join,
    st.tuples(
        st.text(ALPHABET, min_size=2, max_size=2),
        st.text("0123456789", min_size=6, max_size=6),
        st.text(ALPHABET, min_size=9, max_size=9),
    ),
)


@pytest.mark.parametrize(
    "written", [VALID, "９１１１００００６０００３７３４１Ｌ", "91110000600037341l", " 9111 0000-6000 3734—1L\n"]
)
def test_a_code_is_accepted_however_it_was_typed(written):
    check_credit_code(written)

    assert normalise_credit_code(written) == VALID


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "应为 18 位，现为 0 位"),
        (VALID[:-1], "应为 18 位，现为 17 位"),
        (VALID + "0", "应为 18 位，现为 19 位"),
        ("91A10000600037341L", "第 3 位应为数字"),
        ("9111000060003734IL", "第 17 位不能是“I”"),
        ("911100006000373中1L", "第 16 位只能是数字或大写字母，现为“中”"),
        ("91110000600037341K", "校验位（第 18 位）应为“L”，现为“K”"),
    ],
)
def test_a_wrong_code_is_refused_with_its_reason(code, reason):
    with pytest.raises(CreditCodeError, match=reason):
        check_credit_code(code)


def test_the_authority_may_be_a_letter():
    body = "N2210200MF0000001"

    check_credit_code(body + check_digit(body))


@given(bodies)
def test_a_computed_check_digit_is_right(body):
    check_credit_code(body + check_digit(body))


@given(bodies, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_noticed(body, position, wrong):
    code = body + check_digit(body)
    mistyped = code[:position] + wrong + code[position + 1 :]

    if mistyped != code:
        with pytest.raises(CreditCodeError):
            check_credit_code(mistyped)


@given(st.text())
def test_any_text_is_either_a_code_or_refused(text):
    try:
        check_credit_code(text)
    except CreditCodeError:
        return
    assert len(normalise_credit_code(text)) == 18
