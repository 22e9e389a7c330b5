"""How long before it takes effect something must be announced, and the last moment at which that is still done.

《城市供水条例》第二十二条: 24 hours; 《电力供应与使用条例》第二十八条: 7 days. The spans stand in the catalogues.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from .update_rules import Cycle, Unit

if TYPE_CHECKING:
    from .calendar import WorkdayCalendar
    from .update_rules import UpdateRule


def latest_announcement(rule: UpdateRule, effect: datetime, calendar: WorkdayCalendar) -> datetime | None:
    """Return the last moment in time; None for a rule that asks for no announcement beforehand.

    Hours are counted back from the moment; days and months by the calendar: whoever announces on the 23rd announces
    seven days before the 30th, at whatever hour. `effect` is in local time, and so is the answer.
    """
    if rule.cycle != Cycle.BEFORE_EFFECT or rule.amount is None:
        return None
    if rule.unit == Unit.HOUR:
        return effect - timedelta(hours=rule.amount)
    return datetime.combine(_day_before(rule, effect.date(), calendar), time.max, tzinfo=effect.tzinfo)


def _day_before(rule: UpdateRule, day: date, calendar: WorkdayCalendar) -> date:
    amount = rule.amount or 0
    if rule.unit == Unit.WORKDAY:
        return calendar.add_workdays(day, -amount)
    if rule.unit == Unit.MONTH:
        years, month = divmod(day.month - 1 - amount, 12)
        year = day.year + years
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return day - timedelta(days=amount)
