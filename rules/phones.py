"""Telephone numbers as China dials them: landlines, mobiles, 400 and 800 numbers, short service numbers."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_DASHES = re.compile(r"[‐‑‒–—―−~-]+")
_EXTENSION_WORDS = re.compile(r"转接?|分机号?|ext\.?", re.IGNORECASE)
_DECORATION = re.compile(r"[\s()\[\].]|^(电话|tel)?:", re.IGNORECASE)
_SEVERAL = re.compile(r"[,;、/或]")
_COUNTRY = re.compile(r"^(?:(?:\+|00)86-?|86-)")

_MOBILE = r"1[3-9]\d-?\d{4}-?\d{4}"
_FREEPHONE = r"[48]00(?:-?\d){7}"
_SHORT = r"999|1[012]\d|1[012]\d{3}|11\d{4}|9[56]\d{3,4}"
# Area codes have three digits for 010 and 02x, four for the rest; a subscriber's number begins with 2 to 9.
_AREA = r"0(?:10|2\d|[3-9]\d{2})"
_SUBSCRIBER = r"[2-9]\d{2,3}-?\d{4}"
_KINDS = {
    "mobile": re.compile(rf"(?P<number>{_MOBILE})"),
    "short": re.compile(rf"(?P<number>{_SHORT})"),
    "freephone": re.compile(rf"(?P<number>{_FREEPHONE})(?:-(?P<extension>\d{{1,6}}))?"),
    "landline": re.compile(
        rf"(?:(?P<area>{_AREA})-?)?(?P<number>{_SUBSCRIBER}|(?<!^)(?:{_SHORT}))(?:-(?P<extension>\d{{1,6}}))?"
    ),
}


class PhoneError(ValueError):
    """A text that is not one Chinese telephone number; the message says so in Chinese."""


class _Phone(NamedTuple):
    kind: str
    area: str
    number: str
    extension: str


def normalise_phone(text: str, area_code: str = "") -> str:
    """Write a number the one way it is stored: 0411-84345678, 0411-84345678-8001, 13800138000, 4008001234, 12345.

    A landline without an area code takes the one given. Raises PhoneError when the text is not one number.
    """
    kind, area, number, extension = _parse(text)
    if kind == "landline" and not area:
        if not re.fullmatch(_AREA, area_code):
            raise PhoneError(f"电话号码“{text.strip()}”缺少区号，例如 0411-84345678。")
        area = area_code
    return "-".join(filter(None, [area, number, extension]))


def tel_uri(number: str) -> str:
    """Turn a number into the link a telephone understands (RFC 3966); 400 and short numbers work inside China only.

    Raises PhoneError when the text is not one number.
    """
    kind, area, digits, extension = _parse(number)
    abroad = f"+86{area[1:]}" if area or kind == "mobile" else ""
    return f"tel:{abroad}{digits}" + (f";ext={extension}" if extension else "")


def display(number: str) -> str:
    """Write a number the way it is read out: 0411-84345678 转 8001, 138 0013 8000, 400 800 1234, 12345.

    Raises PhoneError when the text is not one number.
    """
    kind, area, digits, extension = _parse(number)
    if kind in ("mobile", "freephone"):
        digits = f"{digits[:3]} {digits[3:-4]} {digits[-4:]}"
    return "-".join(filter(None, [area, digits])) + (f" 转 {extension}" if extension else "")


def _parse(text: str) -> _Phone:
    plain = _plain(text)
    for kind, pattern in _KINDS.items():
        if match := pattern.fullmatch(plain):
            parts = {name: (value or "").replace("-", "") for name, value in match.groupdict().items()}
            return _Phone(kind, parts.get("area", ""), parts["number"], parts.get("extension", ""))
    if _SEVERAL.search(plain):
        raise PhoneError(f"“{text.strip()}”不止一个电话号码，请每栏只填一个。")
    raise PhoneError(f"“{text.strip()}”不是有效的电话号码，例如 0411-84345678、4008001234、12345。")


def _plain(text: str) -> str:
    """Reduce the ways people write a number to digits and single hyphens, the country code taken off."""
    plain = _DECORATION.sub("", unicodedata.normalize("NFKC", text))
    plain = _DASHES.sub("-", _EXTENSION_WORDS.sub("-", plain)).strip("-")
    national = _COUNTRY.sub("", plain)
    if national == plain or national.startswith("0") or re.fullmatch(f"{_MOBILE}|{_FREEPHONE}", national):
        return national
    return f"0{national}"
