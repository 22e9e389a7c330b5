"""Workdays: counted over the days the State Council has named, and Monday to Friday otherwise.

Dates are days in Beijing. Where the named days are kept is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import chinese_calendar

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class WorkdayCalendar:
    """Days off and make-up workdays: False and True; a day it does not name counts Monday to Friday."""

    days: Mapping[date, bool] = field(default_factory=dict)

    @cached_property
    def years(self) -> frozenset[int]:
        """The years of which at least one day is named."""
        return frozenset(day.year for day in self.days)

    def is_provisional(self, year: int) -> bool:
        """Is the year not in the calendar yet, so that every count over it is 暂定?"""
        return year not in self.years

    def is_workday(self, day: date) -> bool:
        """Do offices work on this day?"""
        return self.days.get(day, day.weekday() < _SATURDAY)

    def add_workdays(self, start: date, n: int) -> date:
        """Return the n-th workday after start, or before it when n is negative.

        The day of the event is not counted (民法典 §201); n = 0 returns start itself, workday or not.
        Raises ValueError when that is beyond the calendar's end.
        """
        step = _DAY if n > 0 else -_DAY
        day, left = start, abs(n)
        try:
            while left:
                day += step
                left -= self.is_workday(day)
        except OverflowError:
            raise ValueError(f"{n} 个工作日超出了日历的范围。") from None
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """Count the workdays after start up to and including end; negative when end comes first.

        The inverse of add_workdays: `workdays_between(start, add_workdays(start, n)) == n`.
        """
        if end < start:
            return -sum(self.is_workday(end + _DAY * i) for i in range((start - end).days))
        return sum(self.is_workday(end - _DAY * i) for i in range((end - start).days))


def seed_days(year: int) -> dict[date, bool]:
    """List the days off and make-up workdays of a year as the chinesecalendar library knows them.

    Empty for a year it does not know: the notice for the next year comes in November, the library's release later.
    """
    off = {day: False for day in chinese_calendar.holidays if day.year == year}
    return off | {day: True for day in chinese_calendar.workdays if day.year == year}


def seed_names(year: int) -> dict[date, str]:
    """Return for each day of `seed_days` the Chinese name of the holiday it belongs to."""
    chinese = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}
    named = {**chinese_calendar.holidays, **chinese_calendar.workdays}
    return {day: chinese.get(name, name) for day, name in named.items() if day.year == year}
