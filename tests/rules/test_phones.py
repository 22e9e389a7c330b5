"""Telephone numbers: the many ways they are typed, the one way they are kept, the link they become."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.phones import PhoneError, display, normalise_phone, tel_uri


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0411-84345678", "0411-84345678"),
        ("（0411）８４３４５６７８", "0411-84345678"),
        ("041184345678", "0411-84345678"),
        ("电话：0411 — 8434 5678", "0411-84345678"),
        ("+86 411 8434 5678", "0411-84345678"),
        ("0086-411-84345678", "0411-84345678"),
        ("+86 (0411) 84345678", "0411-84345678"),
        ("010-65012345", "010-65012345"),
        ("0411-84345678转8001", "0411-84345678-8001"),
        ("0411-84345678 分机 8001", "0411-84345678-8001"),
        ("0411-84345678-8001", "0411-84345678-8001"),
        ("400-800-1234", "4008001234"),
        ("4008001234转8", "4008001234-8"),
        ("800 810 1234", "8008101234"),
        ("138-0013-8000", "13800138000"),
        ("+8613800138000", "13800138000"),
        ("12345", "12345"),
        ("110", "110"),
        ("95598", "95598"),
        ("116114", "116114"),
        ("0411-12345", "0411-12345"),
    ],
)
def test_a_number_is_kept_one_way_however_it_was_typed(typed, kept):
    assert normalise_phone(typed) == kept
    assert normalise_phone(kept) == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "不是有效的电话号码"),
        ("见公告", "“见公告”不是有效的电话号码"),
        ("1234", "不是有效的电话号码"),
        ("1380013800", "不是有效的电话号码"),
        ("400-800-123", "不是有效的电话号码"),
        ("0411-84345678、84345679", "不止一个电话号码"),
        ("0411-84345678/13800138000", "不止一个电话号码"),
        ("84345678", "“84345678”缺少区号"),
    ],
)
def test_a_text_that_is_not_one_number_is_refused(typed, reason):
    with pytest.raises(PhoneError, match=reason):
        normalise_phone(typed)


def test_a_local_number_takes_the_area_code_of_its_city():
    assert normalise_phone("8434 5678", area_code="0411") == "0411-84345678"
    assert normalise_phone("010-65012345", area_code="0411") == "010-65012345"
    assert normalise_phone("12345", area_code="0411") == "12345"


@pytest.mark.parametrize(
    ("number", "link", "read_out"),
    [
        ("0411-84345678", "tel:+8641184345678", "0411-84345678"),
        ("0411-84345678-8001", "tel:+8641184345678;ext=8001", "0411-84345678 转 8001"),
        ("13800138000", "tel:+8613800138000", "138 0013 8000"),
        ("4008001234", "tel:4008001234", "400 800 1234"),
        ("12345", "tel:12345", "12345"),
        ("84345678", "tel:84345678", "84345678"),
    ],
)
def test_a_number_is_a_link_and_can_be_read_out(number, link, read_out):
    assert tel_uri(number) == link
    assert display(number) == read_out


@given(st.one_of(st.text(), st.text("0123456789-+（）转 /", max_size=24)))
def test_any_text_is_either_a_number_or_refused(text):
    try:
        kept = normalise_phone(text)
    except PhoneError:
        return
    assert normalise_phone(kept) == kept
    assert tel_uri(kept).startswith("tel:")
    assert normalise_phone(display(kept)) == kept
