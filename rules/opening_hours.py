"""Opening hours as clerks write them, read far enough to say whether a counter is open.

What cannot be read for certain is None, and then nothing is claimed: a reader who finds a closed door was misled.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, time
from enum import Enum
from functools import lru_cache

_SATURDAY = 5
_CHINESE_DAYS = "一二三四五六日"
_DAY = r"(?:周|星期|礼拜)([一二三四五六日天])"
_DAYS = re.compile(rf"{_DAY}\s*(?:[-~至到]\s*(?:周|星期|礼拜)?([一二三四五六日天]))?")
_MORE_DAYS = re.compile(r"[、和及]\s*(?:周|星期|礼拜)?([一二三四五六日天])(?![一-龥])")
_SPAN = re.compile(r"(\d{1,2})[:点时](\d{2})?分?\s*(?:[-~至到]\s*)(?:次日)?(\d{1,2})[:点时](\d{2})?分?")
_EVERY_DAY = re.compile(r"每天|每日|全年|天天|周一至周日|周一到周日|节假日不休|无休")
_WORKDAYS = re.compile(r"工作日|法定工作日")
_ALL_DAY = re.compile(r"24\s*小时|全天")
# Words that say that there is more to it than spans of time: who reads over them would be wrong on some days.
_UNSURE = re.compile(r"夏|冬|季|淡|旺|预约|单双|隔|除|不定|另行|详见|电话|暂停|停止|月")
_PARTS = re.compile(r"[;；。\n]")
# What stands in brackets explains, and a closing holiday needs no span.
_ASIDE = re.compile(r"[(\[【].*?[)\]】]")
_CLOSED = re.compile(r"[^,，]*(?:休息|不对外|闭馆|停办|不办公|不营业)[^,，]*")


class Days(Enum):
    """Days that are not named one by one."""

    WORKDAYS = "workdays"


@dataclass(frozen=True)
class Rule:
    """Spans of time on some days: weekdays (Monday is 0), or the workdays of the calendar."""

    days: frozenset[int] | Days
    spans: tuple[tuple[time, time], ...]
    # Somebody who closes at weekends closes on public holidays as well, whether he writes it or not.
    closed_on_holidays: bool = False

    def holds(self, moment: datetime, *, is_workday: bool) -> bool:
        """Does the rule open the door at a moment of Beijing time?"""
        weekday = moment.weekday()
        is_holiday = weekday < _SATURDAY and not is_workday
        on_day = is_workday if self.days is Days.WORKDAYS else weekday in self.days
        if self.closed_on_holidays and is_holiday:
            return False
        return on_day and any(start <= moment.time() < end for start, end in self.spans)


@dataclass(frozen=True)
class OpeningHours:
    """What was read; `all_day` counters never close."""

    rules: tuple[Rule, ...]
    all_day: bool = False

    def is_open(self, moment: datetime, *, is_workday: bool) -> bool:
        """Is the door open at a moment of Beijing time? The calendar says whether it is a workday."""
        return self.all_day or any(rule.holds(moment, is_workday=is_workday) for rule in self.rules)


@lru_cache(maxsize=4096)
def opening_hours(text: str) -> OpeningHours | None:
    """Read opening hours such as `工作日 8:30–12:00，13:30–17:00；周六 9:00–12:00`; None when that is not certain."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"[‐‑‒–—―−]+", "-", _ASIDE.sub("", plain)).replace("～", "~")
    parts = [_CLOSED.sub("", part).strip(" ,，") for part in _PARTS.split(plain)]
    parts = [part for part in parts if part]
    if not parts or _UNSURE.search(plain):
        return None
    if len(parts) == 1 and _ALL_DAY.search(parts[0]) and not _SPAN.search(parts[0]):
        return None if _named(parts[0]) is None and _DAYS.search(parts[0]) else OpeningHours((), all_day=True)
    rules = [_rule(part, says_closed="节假日" in plain and "不休" not in plain) for part in parts]
    return None if None in rules else OpeningHours(tuple(rule for rule in rules if rule))


def _rule(part: str, *, says_closed: bool) -> Rule | None:
    """Read one part: its days, then its spans. Without days it holds every day only when it says so."""
    days = _named(part)
    spans = [_span(found) for found in _SPAN.finditer(part)]
    if days is None or not spans or None in spans:
        return None
    closed = says_closed or (days is not Days.WORKDAYS and max(days) < _SATURDAY)
    return Rule(days, tuple(span for span in spans if span), closed)


def _named(part: str) -> frozenset[int] | Days | None:
    if _EVERY_DAY.search(part):
        return frozenset(range(7))
    if _WORKDAYS.search(part):
        return None if _DAYS.search(part) else Days.WORKDAYS
    found = list(_DAYS.finditer(part))
    if not found:
        return None
    days: set[int] = set()
    for each in found:
        first, last = _weekday(each[1]), _weekday(each[2] or each[1])
        if last < first:
            return None
        days |= set(range(first, last + 1))
    return frozenset(days | {_weekday(each[1]) for each in _MORE_DAYS.finditer(part)})


def _weekday(sign: str) -> int:
    return _CHINESE_DAYS.index("日" if sign == "天" else sign)


def _span(found: re.Match[str]) -> tuple[time, time] | None:
    """Read a span; one over midnight, or none of a clock, is not certain. 24:00 is the end of the day."""
    hour, minute, until, past = int(found[1]), int(found[2] or 0), int(found[3]), int(found[4] or 0)
    try:
        end = time.max if (until, past) == (24, 0) else time(until, past)
        start = time(hour, minute)
    except ValueError:
        return None
    return (start, end) if start < end else None
