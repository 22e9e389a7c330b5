"""Until when a tier is to be decided: workdays after the day it arrived, on the city's calendar."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from snippets.workdays import workday_calendar

if TYPE_CHECKING:
    from datetime import date

    from rules.calendar import WorkdayCalendar

END_OF_DAY = time(23, 59, 59)


def start_clock(state: Any, days: int, calendar: WorkdayCalendar | None = None) -> None:
    """Let a limit of so many workdays run from today; the caller saves."""
    state.limit_days = days
    count_from(state, timezone.localdate(), calendar or workday_calendar())


def count_from(state: Any, day: date, calendar: WorkdayCalendar) -> None:
    """Count the state's limit from a day; the caller saves."""
    state.counted_from = day
    due = calendar.add_workdays(day, state.limit_days)
    state.due_at = end_of(due)
    state.is_provisional = any(map(calendar.is_provisional, range(day.year, due.year + 1)))


def limit_in_words(state: Any) -> str:
    """Say until when a tier is to be decided; empty while no clock runs."""
    if state.due_at is None or state.held_until is not None:
        return ""
    mark = _("（暂定）") if state.is_provisional else ""
    return _("办理期限：%(day)s%(mark)s。") % {"day": timezone.localdate(state.due_at).isoformat(), "mark": mark}


def end_of(day: date) -> datetime:
    """Return the last second of a day in Beijing."""
    return timezone.make_aware(datetime.combine(day, END_OF_DAY))


def overdue_again(state: Any, calendar: WorkdayCalendar) -> datetime:
    """Return when a state is overdue by a further limit: then it goes one tier up."""
    return end_of(calendar.add_workdays(timezone.localdate(state.due_at), state.limit_days))


def remaining(state: Any, on: date, calendar: WorkdayCalendar) -> int:
    """Return the workdays left of a limit on a day, at least one."""
    return max(1, calendar.workdays_between(on, timezone.localdate(state.due_at)))
