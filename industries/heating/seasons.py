"""The heating season: two days of the year, from autumn into spring."""

from __future__ import annotations

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

STORED = re.compile(r"(?P<month>\d{2})-(?P<day>\d{2})")
WRITTEN = re.compile(r"(?P<month>\d{1,2})(?:-|/|\.|月)(?P<day>\d{1,2})日?")
# A heating season spans the turn of the year, so 29 February is a day of it.
LEAP_YEAR = 2024


def stored(text: str) -> str:
    """Write a day as it is stored, 11-05, where it can be read; leave anything else for `validate_day` to refuse."""
    match = WRITTEN.fullmatch("".join(text.split()))
    return f"{int(match['month']):02d}-{int(match['day']):02d}" if match else text


def day_of(value: str) -> date:
    """Return a stored day as a day of some leap year. Raises ValueError."""
    match = STORED.fullmatch(value)
    if match is None:
        raise ValueError(value)
    return date(LEAP_YEAR, int(match["month"]), int(match["day"]))


def validate_day(value: str) -> None:
    """Refuse what is no day of the year."""
    try:
        day_of(value)
    except ValueError as error:
        message = _("“%(value)s”不是日期；请填写月和日，例如 11-05 或 11月5日。")
        raise ValidationError(message % {"value": value}) from error


def displayed(value: str) -> str:
    """Write a stored day as people read it: 11月5日. A draft may hold what is no day."""
    try:
        return format_date(day_of(value), _("n月j日"))
    except ValueError:
        return value
