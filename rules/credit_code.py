"""The unified social credit code of GB 32100-2015: how it is written, and whether it can be right.

Whether such an organisation exists is not asked here.
"""

from __future__ import annotations

import re
import unicodedata

from stdnum.cn import uscc

LENGTH = 18
# GB 32100-2015 §5: digits and capital letters without I, O, S, V and Z.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Positions (from 1) of the administrative division code.
DIVISION = range(3, 9)

_SEPARATORS = re.compile(r"[\s\-‐‑‒–—―−]+")


class CreditCodeError(ValueError):
    """A code that no registration authority can have issued; the message says why, in Chinese."""


def normalise_credit_code(code: str) -> str:
    """Write a code as the standard does: half-width capitals without spaces or hyphens."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", code)).upper()


def check_digit(code: str) -> str:
    """Compute the 18th character from the first 17 (GB 32100-2015 §6).

    A character outside the standard's alphabet raises ValueError.
    """
    return uscc.calc_check_digit(normalise_credit_code(code))


def check_credit_code(code: str) -> None:
    """Raise CreditCodeError when the code breaks GB 32100-2015; full-width and small letters are no offence."""
    code = normalise_credit_code(code)
    if len(code) != LENGTH:
        raise CreditCodeError(f"统一社会信用代码应为 {LENGTH} 位，现为 {len(code)} 位。")
    for position, character in enumerate(code, start=1):
        _check_character(position, character)
    expected = check_digit(code)
    if code[-1] != expected:
        raise CreditCodeError(f"统一社会信用代码的校验位（第 18 位）应为“{expected}”，现为“{code[-1]}”，请核对各位。")


def _check_character(position: int, character: str) -> None:
    # stdnum demands digits in positions 1 and 2 too, where letters may stand (N: 农村集体经济组织, Y: 其他).
    if position in DIVISION and character not in "0123456789":
        raise CreditCodeError(
            f"统一社会信用代码第 {position} 位应为数字（第 3–8 位是行政区划代码），现为“{character}”。"
        )
    if character in "IOSVZ":
        raise CreditCodeError(f"统一社会信用代码第 {position} 位不能是“{character}”：代码不使用字母 I、O、S、V、Z。")
    if character not in ALPHABET:
        raise CreditCodeError(f"统一社会信用代码第 {position} 位只能是数字或大写字母，现为“{character}”。")
