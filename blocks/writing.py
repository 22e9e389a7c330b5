"""How dates and phone numbers are written and read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format

ABROAD = r"\+\d[\d -]{5,18}\d"
TOLL_FREE = r"[48]00[ -]?\d{3,4}[ -]?\d{3,4}"
AT_HOME = r"(?:[(（]?0\d{2,3}[)）]?[ \-－—]?)?\d[\d\-－—]+\d"
# +86 411 1234 5678; 400-123-4567; 0411-12345678, 13800000000, 95598, 110; then 转 801.
NUMBER = re.compile(rf"(?P<main>{ABROAD}|{TOLL_FREE}|{AT_HOME})(?:\s*(?:转|分机)\s*(?P<extension>\d+))?")


def phone_numbers(text: str) -> Iterator[tuple[str, str]]:
    """Yield each number of a phone field such as "0411-95598（24 小时）、12345": as written, and as a tel: address."""
    for match in NUMBER.finditer(text):
        extension = f";ext={match['extension']}" if match["extension"] else ""
        yield match[0], "tel:" + re.sub(r"[^\d+]", "", match["main"]) + extension


def local_time(value: datetime.datetime) -> datetime.datetime:
    """Return the moment in Beijing time."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def written_date(value: datetime.date) -> str:
    """Write 2026年11月23日, with the time where there is one; in the way of the active language."""
    if isinstance(value, datetime.datetime):
        return date_format(local_time(value), "DATETIME_FORMAT")
    return date_format(value, "DATE_FORMAT")
