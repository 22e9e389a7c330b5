"""Numbers of persons and their papers: identity card, student number, passport, travel permit, bank card."""

from __future__ import annotations

import re
from datetime import date

from stdnum import luhn
from stdnum.cn import ric
from stdnum.exceptions import InvalidComponent

from .kind import ANY_GAP, Action, Kind, compact, everywhere, groups, keep, value

# GB/T 2260: the first two digits name the province; 81 to 83 stand on residence permits for Hong Kong, Macau, Taiwan.
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_ID18 = rf"[1-9][0-9]{{5}}(?:18|19|20)[0-9]{{2}}{_DAY}[0-9]{{3}}[0-9X]"
_ID18_APART = rf"[1-9](?:{ANY_GAP}[0-9]){{16}}{ANY_GAP}[0-9X]"
_ID15 = rf"[1-9][0-9]{{7}}{_DAY}[0-9]{{3}}"
_NOT_IN_NUMBER = (r"(?<![0-9])", r"(?![0-9])")
_NOT_IN_WORD = (r"(?<![0-9A-Z])", r"(?![0-9A-Z])")


def is_id18(number: str) -> bool:
    """Is this a resident's number by GB 11643: a province, a day, and the check character of ISO 7064 MOD 11-2?

    The county is not asked for, as `ric.validate` would: counties are renumbered, and a number outlives them.
    """
    number = compact(number)
    return _names_person(number) and ric.calc_check_digit(number) == number[-1]


def _is_mistyped_id18(number: str) -> bool:
    return _names_person(compact(number)) and not is_id18(number)


def _names_person(number: str) -> bool:
    if not re.fullmatch(_ID18, number) or not _PROVINCE.match(number):
        return False
    try:
        ric.get_birth_date(number)
    except InvalidComponent:
        return False
    return True


def is_id15(number: str) -> bool:
    """Is this a number as issued before 1999: a province and a day of the 20th century, no check digit?"""
    number = compact(number)
    if not re.fullmatch(_ID15, number) or not _PROVINCE.match(number):
        return False
    try:
        date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12]))
    except ValueError:
        return False
    return True


def _is_student_number(number: str) -> bool:
    return is_id18(compact(number)[1:])


def is_bank_card(number: str) -> bool:
    """Does the number end in its Luhn digit (ISO/IEC 7812-1)?

    One that reads as an identity number is not taken for a card: every tenth mistyped one would be.
    """
    number = compact(number)
    return luhn.is_valid(number) and not _names_person(number) and not is_id15(number)


# 62 UnionPay, 4 Visa, 51–55 Mastercard, 34 and 37 American Express, 35 JCB, 60 and 9558 cards from before UnionPay.
_ISSUER = r"(?=62|4|5[1-5]|60|35|9558)"
_AMEX = r"(?=3[47])"
# Seventeen digits before an X are those of an identity number.
_CARDS = tuple(
    everywhere(pattern, r"(?<![0-9])", r"(?![0-9])(?![ \-]?X(?![A-Z]))")
    for pattern in (
        *(_ISSUER + groups(length) for length in (16, 17, 18, 19)),
        *(_ISSUER + groups(4, 4, 4, 4, *rest) for rest in ((), (1,), (2,), (3,))),
        *(_ISSUER + groups(6, length - 6) for length in (16, 17, 18, 19)),
        _AMEX + groups(15),
        _AMEX + groups(4, 6, 5),
    )
)
# Digit by digit, the run must be the whole number: tables are full of single digits.
_CARD_SPELT = value(r"[4-69](?:[ \-][0-9]){15,18}+", r"(?<![0-9])(?<![0-9][ \-])", r"(?![ \-]?[0-9])")

STUDENT_NUMBER = Kind(
    "student_no",
    "学籍号",
    Action.BLOCK,
    (everywhere(rf"[GLJ]{ANY_GAP}{_ID18_APART}", *_NOT_IN_WORD),),
    keep(0, 0),
    _is_student_number,
)
ID18 = Kind(
    "cn_id18",
    "居民身份证号（18 位）",
    Action.BLOCK,
    # In one piece it is found even where a row's number or a letter runs into it: province, day and check character
    # leave no more than one in fifty thousand to chance.
    (everywhere(_ID18), everywhere(_ID18_APART, *_NOT_IN_NUMBER)),
    keep(2, 3),
    is_id18,
)
BANK_CARD = Kind("bank_card", "银行卡号", Action.BLOCK, (*_CARDS, _CARD_SPELT), keep(0, 4), is_bank_card)
MISTYPED_ID18 = Kind(
    "cn_id18_mistyped",
    "疑似居民身份证号（校验位不符）",
    Action.WARN,
    tuple(everywhere(pattern, *_NOT_IN_WORD) for pattern in (_ID18, _ID18_APART)),
    keep(2, 3),
    _is_mistyped_id18,
)
ID15 = Kind(
    "cn_id15",
    "居民身份证号（15 位旧号）",
    Action.WARN,
    tuple(everywhere(pattern, *_NOT_IN_NUMBER) for pattern in (groups(15), groups(6, 6, 3))),
    keep(2, 3),
    is_id15,
)
PASSPORT = Kind(
    "passport",
    "护照号",
    Action.WARN,
    (value(r"[EGDSPH][ \-]?[0-9]{8}|E[A-HJ-NP-Z][ \-]?[0-9]{7}", *_NOT_IN_WORD),),
    keep(1, 2),
    context=re.compile("护照|passport", re.IGNORECASE),
)
TRAVEL_PERMIT = Kind(
    "hk_macau_permit",
    "港澳通行证、台胞证号",
    Action.WARN,
    (value(r"[CWHM][ \-]?[0-9]{8}(?:[0-9]{2})?", *_NOT_IN_WORD),),
    keep(0, 3),
    context=re.compile("通行证|台胞证|回乡证|港澳居民|台湾居民"),
)
