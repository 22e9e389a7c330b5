"""The index number (索引号): a city's own scheme as a template string.

Counting the serial and never giving a number twice is the business of whoever stores it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from string import Formatter
from typing import TypedDict, Unpack

DEFAULT_TEMPLATE = "{organisation_code}/{year}-{serial:05d}"


class IndexFields(TypedDict, total=False):
    """What an index number may be made of; a scheme takes what its template names."""

    organisation_code: str
    division_code: str
    catalogue: str
    entry_code: str
    group_code: str
    year: int
    date: date
    serial: int


# What may stand behind the colon: a prefix of a text, the parts of a date, a number with leading zeros.
_TEXT, _DATE, _NUMBER = r"(\.[1-9]\d?)?", r"(%[Yymd]|[-.])*", r"(0[1-9])?d?"
_FORMATS = {
    "organisation_code": _TEXT,
    "division_code": _TEXT,
    "catalogue": _TEXT,
    "entry_code": _TEXT,
    "group_code": _TEXT,
    "year": _NUMBER,
    "date": _DATE,
    "serial": _NUMBER,
}
# The number is part of an address (/i/<index number>), and people read it out.
_UNFIT = re.compile(r"[\s?#%&\\<>\"']")


@dataclass(frozen=True)
class IndexScheme:
    """A checked template; raises ValueError with a Chinese sentence when it cannot make index numbers."""

    template: str = DEFAULT_TEMPLATE

    def __post_init__(self) -> None:
        for literal, name, spec in self._parts():
            if unfit := _UNFIT.search(literal):
                raise ValueError(f"索引号模板不能含有“{unfit[0]}”：索引号是网址的一部分。")
            if name is not None:
                _check_field(name, spec)
        if "serial" not in self.fields:
            raise ValueError("索引号模板缺少流水号字段 {serial}。")

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields the template uses."""
        return _fields(self.template)

    def format(self, **fields: Unpack[IndexFields]) -> str:
        """Make the index number.

        The year follows from the date where only the date is given; fields the template does not name are ignored.
        Raises ValueError when a field it names is missing or empty, or the serial is below 1.
        """
        if fields.get("serial", 1) < 1:
            raise ValueError(f"索引号的流水号应从 1 开始，现为 {fields['serial']}。")
        return self._fill(dict(fields))

    def series(self, **fields: Unpack[IndexFields]) -> str:
        """Name the series the serial counts in: the index number with `#` for the serial.

        Only disclosures of one series need different serials; by the default template that is an organisation's year.
        """
        return self._fill(dict(fields) | {"serial": None})

    def _fill(self, values: dict[str, object]) -> str:
        if isinstance(day := values.get("date"), date):
            values.setdefault("year", day.year)
        if missing := sorted(name for name in self.fields if values.get(name, "") == ""):
            raise ValueError(f"生成索引号缺少：{'、'.join(missing)}。")
        return "".join(literal + _written(name, spec, values) for literal, name, spec in self._parts())

    def _parts(self) -> list[tuple[str, str | None, str]]:
        """Cut the template into (literal text, field, format); a field given a conversion is no field's name."""
        return _parts(self.template)


@cache
def _fields(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _ in _parts(template) if name is not None)


@cache
def _parts(template: str) -> list[tuple[str, str | None, str]]:
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        raise ValueError(f"索引号模板“{template}”的花括号不成对。") from None
    return [
        (literal, name + ("!" + turn if turn else "") if name is not None else None, spec or "")
        for literal, name, spec, turn in parts
    ]


def _check_field(name: str, spec: str) -> None:
    if name not in _FORMATS:
        raise ValueError(f"索引号模板中的字段“{name}”无法识别，可用字段：{'、'.join(_FORMATS)}。")
    if not re.fullmatch(_FORMATS[name], spec):
        raise ValueError(f"索引号模板中字段“{name}”的格式“{spec}”无法使用。")


def _written(name: str | None, spec: str, values: dict[str, object]) -> str:
    if name is None:
        return ""
    value = values[name]
    return "#" if value is None else format(value, spec)
