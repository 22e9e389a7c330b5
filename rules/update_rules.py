"""When an entry of the catalogue must be brought up to date, and whether it is.

Pure arithmetic: what was published and when is told by the caller; dates are days in Beijing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from .calendar import WorkdayCalendar


class Cycle(StrEnum):
    """What sets the clock of an entry running."""

    ON_CHANGE = "on_change"
    YEARLY = "yearly"
    PERIODIC = "periodic"
    BEFORE_EFFECT = "before_effect"
    ON_EVENT = "on_event"


class Unit(StrEnum):
    """What an amount counts."""

    HOUR = "hour"
    DAY = "day"
    WORKDAY = "workday"
    MONTH = "month"


class State(StrEnum):
    """How an organisation stands with one entry."""

    CURRENT = "current"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    OWED = "owed"
    OPTIONAL = "optional"


_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True)
class UpdateRule:
    """The update rule of an entry; raises ValueError with a Chinese sentence when its parts do not fit together.

    A yearly rule has a month and a day; a periodic one and one before effect have an amount and a unit;
    one on change or on event without an amount is due at once.
    """

    cycle: Cycle
    amount: int | None = None
    unit: Unit | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        _check_amount(self)
        _check_day_of_year(self)

    @classmethod
    def from_fields(
        cls, cycle: str, amount: int | None = None, unit: str = "", month: int | None = None, day: int | None = None
    ) -> UpdateRule:
        """Make a rule of plain values, as a form or a table row holds them; an empty unit is none."""
        return cls(
            _member(Cycle, cycle, "更新方式"), amount, _member(Unit, unit, "时间单位") if unit else None, month, day
        )

    @classmethod
    def from_pack(cls, cycle: Mapping[str, object]) -> UpdateRule:
        """Read `update_cycle` of a catalogue file: type, by (MM-DD), days with unit, hours or months, note."""
        if unknown := sorted(set(cycle) - {"type", "by", "days", "unit", "hours", "months", "note"}):
            raise ValueError(f"更新周期中的字段“{unknown[0]}”无法识别。")
        amount, unit = _amount_of_pack(cycle)
        month, day = _day_of_pack(cycle.get("by"))
        return cls.from_fields(str(cycle.get("type", "")), amount, unit, month, day)

    @property
    def urgent(self) -> bool:
        """Is it due at once or within hours, so that it cannot wait for every tier?"""
        return self.unit == Unit.HOUR or (self.amount is None and self.cycle in (Cycle.ON_CHANGE, Cycle.ON_EVENT))


def describe(rule: UpdateRule) -> str:
    """Say the rule in Chinese, as the catalogue prints it: 变更后 20 个工作日内, 每年 3 月 15 日前, 提前 24 小时."""
    span = _span(rule)
    match rule.cycle:
        case Cycle.YEARLY:
            return f"每年 {rule.month} 月 {rule.day} 日前"
        case Cycle.PERIODIC:
            return f"每{_UNITS[rule.unit].removeprefix('个')}" if rule.amount == 1 and rule.unit else f"每 {span}"
        case Cycle.BEFORE_EFFECT:
            return f"提前 {span}"
        case Cycle.ON_CHANGE:
            return f"变更后 {span}内" if span else "变更后即时"
        case Cycle.ON_EVENT:
            return f"事件发生后 {span}内" if span else "即时"


def describe_en(rule: UpdateRule) -> str:
    """Say the rule in English: within 20 working days of a change, by 15 March every year, 24 hours in advance."""
    span = _span_en(rule)
    match rule.cycle:
        case Cycle.YEARLY:
            return f"by {rule.day} {_MONTHS_EN[rule.month or 0]} every year"
        case Cycle.PERIODIC:
            return f"every {span.removeprefix('1 ')}"
        case Cycle.BEFORE_EFFECT:
            return f"{span} in advance"
        case Cycle.ON_CHANGE:
            return f"within {span} of a change" if span else "at once after a change"
        case Cycle.ON_EVENT:
            return f"within {span} of the event" if span else "at once"


def next_due(rule: UpdateRule, last_published: date | None, since: date, calendar: WorkdayCalendar) -> date | None:
    """Find the day by which the next publication must be there; None where the calendar alone cannot tell.

    Yearly: a publication serves the calendar year it falls in, so the next is due in the year after; without one, on
    the first deadline from `since` on, the day the duty began. Periodic: a period after the last publication, or after
    `since`. On change: only the first publication has a day, `since` plus the amount. Before effect and on event:
    none, for a unit without outages is late with nothing.
    """
    match rule.cycle:
        case Cycle.YEARLY if last_published:
            return _deadline(rule, last_published.year + 1)
        case Cycle.YEARLY:
            this_year = _deadline(rule, since.year)
            return this_year if this_year >= since else _deadline(rule, since.year + 1)
        case Cycle.PERIODIC:
            return _later(rule, last_published or since, calendar)
        case Cycle.ON_CHANGE if last_published is None:
            return _later(rule, since, calendar)
    return None


def state(  # noqa: PLR0913 - every one of them is a fact of its own
    rule: UpdateRule, *, mandatory: bool, last_published: date | None, since: date, on: date, calendar: WorkdayCalendar
) -> State:
    """Tell how an organisation stands with an entry on a day.

    Never published: optional where the entry is not mandatory, else owed, and overdue once next_due has passed.
    Published: overdue once next_due has passed; due soon in the last 30 days before a yearly deadline and in the last
    30 % of a period; else current.
    """
    if last_published is None and not mandatory:
        return State.OPTIONAL
    due = next_due(rule, last_published, since, calendar)
    if due is not None and on > due:
        return State.OVERDUE
    if last_published is None:
        return State.OWED
    if due is not None and _is_near(rule, last_published, due, on):
        return State.DUE_SOON
    return State.CURRENT


_LONGEST = 999
_UNITS = {Unit.HOUR: "小时", Unit.DAY: "天", Unit.WORKDAY: "个工作日", Unit.MONTH: "个月"}
_UNITS_EN = {Unit.HOUR: "hour", Unit.DAY: "day", Unit.WORKDAY: "working day", Unit.MONTH: "month"}
# Not calendar.month_name, which speaks the language of the process.
_MONTHS_EN = (
    *("", "January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _span(rule: UpdateRule) -> str:
    return f"{rule.amount} {_UNITS[rule.unit]}" if rule.unit else ""


def _span_en(rule: UpdateRule) -> str:
    return f"{rule.amount} {_UNITS_EN[rule.unit]}{'s' if rule.amount != 1 else ''}" if rule.unit else ""


def _deadline(rule: UpdateRule, year: int) -> date:
    month = rule.month or 1
    return date(year, month, min(rule.day or 1, monthrange(year, month)[1]))


def _later(rule: UpdateRule, start: date, calendar: WorkdayCalendar) -> date:
    """Add the rule's amount to a day; hours are rounded up to whole days."""
    amount = rule.amount or 0
    match rule.unit:
        case Unit.WORKDAY:
            return calendar.add_workdays(start, amount)
        case Unit.MONTH:
            return _months_later(start, amount)
        case Unit.HOUR:
            return start + timedelta(days=-(-amount // 24))
    return start + timedelta(days=amount)


def _months_later(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _is_near(rule: UpdateRule, last_published: date, due: date, on: date) -> bool:
    left = (due - on).days
    return left <= 30 if rule.cycle == Cycle.YEARLY else left < 0.3 * (due - last_published).days


def _check_amount(rule: UpdateRule) -> None:
    if (rule.amount is None) != (rule.unit is None):
        raise ValueError("更新规则的期限应同时写明数量和单位。")
    if rule.amount is not None and not 1 <= rule.amount <= _LONGEST:
        raise ValueError(f"更新规则的期限应在 1 到 {_LONGEST} 之间，现为 {rule.amount}。")
    if rule.amount is None and rule.cycle in (Cycle.PERIODIC, Cycle.BEFORE_EFFECT):
        raise ValueError("定期更新和提前公开的规则应写明期限。")
    if rule.amount is not None and rule.cycle == Cycle.YEARLY:
        raise ValueError("每年更新的规则只写日期，不写期限。")
    if rule.cycle == Cycle.PERIODIC and rule.unit == Unit.HOUR:
        raise ValueError("定期更新的规则不能以小时计。")


def _check_day_of_year(rule: UpdateRule) -> None:
    if rule.cycle != Cycle.YEARLY:
        if rule.month is not None or rule.day is not None:
            raise ValueError("只有每年更新的规则才写日期。")
        return
    if rule.month is None or rule.day is None:
        raise ValueError("每年更新的规则应写明几月几日前。")
    # A leap year: 2 月 29 日 stands for the last day of February.
    if not (1 <= rule.month <= 12 and 1 <= rule.day <= monthrange(2000, rule.month)[1]):
        raise ValueError(f"更新规则中没有 {rule.month} 月 {rule.day} 日这一天。")


def _amount_of_pack(cycle: Mapping[str, object]) -> tuple[int | None, str]:
    units = {"days": str(cycle.get("unit", "day")), "hours": "hour", "months": "month"}
    given = [name for name in units if name in cycle]
    if len(given) > 1:
        raise ValueError(f"更新周期只能写一种期限，现有 {'、'.join(given)}。")
    if "unit" in cycle and (given != ["days"] or cycle["unit"] not in ("day", "workday")):
        raise ValueError("更新周期的 unit 只用于 days，应为 day 或 workday。")
    if not given:
        return None, ""
    amount = cycle[given[0]]
    if not isinstance(amount, int) or isinstance(amount, bool):
        raise ValueError(f"更新周期的 {given[0]} 应为整数，现为“{amount}”。")
    return amount, units[given[0]]


def _day_of_pack(by: object) -> tuple[int | None, int | None]:
    if by is None:
        return None, None
    if not (match := re.fullmatch(r"(\d\d)-(\d\d)", str(by))):
        raise ValueError(f"更新周期的 by 应为“月-日”，例如 03-15，现为“{by}”。")
    return int(match[1]), int(match[2])


def _member(kind: type[_Choice], value: str, name: str) -> _Choice:
    try:
        return kind(value)
    except ValueError:
        known = "、".join(kind)
        raise ValueError(f"{name}“{value}”无法识别，应为 {known} 之一。") from None
