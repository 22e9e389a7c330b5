"""When the lists of names in a stream stop being on display."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from .names import NameListValue


def name_lists(stream: Iterable[Any]) -> list[NameListValue]:
    """Return the lists of names that stand in a stream."""
    return [child.value for child in stream if isinstance(child.value, NameListValue)]


def last_day(stream: Iterable[Any]) -> date | None:
    """Return the last day of the last display; None without one, or where one has no end."""
    ends = [each.get("display_to") for each in name_lists(stream)]
    return max(ends) if ends and all(ends) else None


def display_end(stream: Iterable[Any]) -> datetime | None:
    """Return the moment the last display is over: midnight in Beijing after its last day."""
    day = last_day(stream)
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), datetime.min.time())) if day else None
