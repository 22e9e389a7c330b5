"""Codes of divisions (GB/T 2260, GB/T 10114): which one lies within which.

Six digits are a district, with 00 at the end a city; nine a street or town; twelve a village or community.
"""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[;；,，、\s]+")
_CODE = re.compile(r"\d{6}(?:\d{3}){0,2}", re.ASCII)
_PROVINCE, _CITY, _DISTRICT = 2, 4, 6


def is_code(text: str) -> bool:
    """Is this written like the code of a division?"""
    return bool(_CODE.fullmatch(text))


def codes_in(text: str) -> list[str]:
    """Return the codes of a field in which a clerk writes several; what is none is left out."""
    return [part for part in _SEPARATORS.split(text) if is_code(part)]


def odd_parts(text: str) -> list[str]:
    """Return the parts of such a field that are no codes."""
    return [part for part in _SEPARATORS.split(text) if part and not is_code(part)]


def stem(code: str) -> str:
    """Return the beginning that all codes within a division share: 210200 → 2102, 210202 → 210202."""
    if len(code) == _DISTRICT and code.endswith("0000"):
        return code[:_PROVINCE]
    if len(code) == _DISTRICT and code.endswith("00"):
        return code[:_CITY]
    return code


def comprises(outer: str, inner: str) -> bool:
    """Does the inner division lie within the outer one, or is it the same?"""
    return bool(outer) and stem(inner).startswith(stem(outer))


def around(code: str) -> list[str]:
    """Return the codes of a division and of all that comprise it, as they are written, the nearest first."""
    if not code:
        return []
    ends = (("", 9), ("", _DISTRICT), ("00", _CITY), ("0000", _PROVINCE))
    return list(dict.fromkeys([code, *(code[:length] + end for end, length in ends if length <= len(stem(code)))]))


def above(code: str) -> list[str]:
    """Return the stems of a division and of all above it, the nearest first."""
    whole = stem(code)
    lengths = [length for length in (9, _DISTRICT, _CITY) if length < len(whole)]
    return [whole, *(whole[:length] for length in lengths)]
