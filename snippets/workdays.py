"""The workday calendar of the city: the table of days, and how a year gets into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.dispatch import Signal

from rules.calendar import WorkdayCalendar, seed_days, seed_names

from .models import CalendarDay

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

# Sent after days were added, changed or removed: time limits that run are counted anew.
calendar_changed = Signal()

# The State Council names the next year's days off in November.
NOTICE_MONTH = 11


def workday_calendar() -> WorkdayCalendar:
    """Return the calendar as the table has it now. One query; ask once for what is computed together."""
    return WorkdayCalendar(dict(CalendarDay.objects.order_by().values_list("day", "is_workday")))


@transaction.atomic
def add_year(year: int) -> int:
    """Add the days of a year that the library knows and the table lacks; return how many. What is there stays."""
    known, names = seed_days(year), seed_names(year)
    there = set(CalendarDay.objects.filter(day__in=known).values_list("day", flat=True))
    missing = [
        CalendarDay(day=day, is_workday=works, note=names[day])
        for day, works in sorted(known.items())
        if day not in there
    ]
    CalendarDay.objects.bulk_create(missing)
    if missing:
        calendar_changed.send(sender=CalendarDay)
    return len(missing)


def missing_years(years: Collection[int]) -> list[int]:
    """Return which of these years have no day in the table yet."""
    calendar = workday_calendar()
    return sorted(year for year in years if calendar.is_provisional(year))


def years_to_know(on: date) -> list[int]:
    """Return the years whose days the table should name on a day: this one, from November on the next too."""
    return [on.year, on.year + 1] if on.month >= NOTICE_MONTH else [on.year]
