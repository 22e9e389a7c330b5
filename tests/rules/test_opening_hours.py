"""Opening hours that are read for certain, and those of which nothing is claimed."""

from __future__ import annotations

from datetime import datetime

import pytest

from rules.opening_hours import opening_hours

MONDAY, SATURDAY, SUNDAY = "2026-11-23", "2026-11-28", "2026-11-29"


def is_open(text: str, day: str, time: str, *, is_workday: bool | None = None) -> bool:
    moment = datetime.fromisoformat(f"{day}T{time}")
    read = opening_hours(text)
    assert read is not None, text
    return read.is_open(moment, is_workday=moment.weekday() < 5 if is_workday is None else is_workday)


@pytest.mark.parametrize(
    ("text", "day", "time", "expected"),
    [
        ("工作日 8:30–17:00", MONDAY, "08:30", True),
        ("工作日 8:30–17:00", MONDAY, "17:00", False),
        ("工作日 8:30–17:00", SATURDAY, "10:00", False),
        ("工作日 8:30–17:00（示例）", MONDAY, "10:00", True),
        ("每日 8:00-20:00", SUNDAY, "19:59", True),
        ("周一至周五 9:00–12:00，13:30–17:00", MONDAY, "12:30", False),
        ("周一至周五 9:00–12:00，13:30–17:00；周六 9:00–12:00", SATURDAY, "11:00", True),
        ("周一、周三 9:00-11:00", MONDAY, "10:00", True),
        ("周二、周三 9:00-11:00", MONDAY, "10:00", False),
        ("星期一到星期日 ９：００～１７：００", SUNDAY, "10:00", True),
        ("周一至周五 8点至17点，节假日休息", MONDAY, "08:00", True),
        ("24 小时", SUNDAY, "03:00", True),
        ("每天 0:00-24:00", SUNDAY, "23:59", True),
    ],
)
def test_a_door_is_open_within_its_hours(text, day, time, expected):
    assert is_open(text, day, time) is expected


def test_a_make_up_workday_on_a_saturday_is_a_workday():
    assert is_open("工作日 8:30–17:00", SATURDAY, "10:00", is_workday=True)


@pytest.mark.parametrize("text", ["周一至周五 9:00–17:00", "每天 9:00-17:00，法定节假日休息"])
def test_who_closes_at_weekends_or_says_so_is_closed_on_a_public_holiday(text):
    assert not is_open(text, MONDAY, "10:00", is_workday=False)


def test_a_counter_that_opens_every_day_opens_on_a_public_holiday():
    assert is_open("每天 9:00-17:00", MONDAY, "10:00", is_workday=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8:00-16:00",
        "夏季 8:00-17:00",
        "工作日",
        "请电话预约",
        "每天 22:00-6:00",
        "周五至周一 9:00-12:00",
        "工作日 8:30-25:00",
        "工作日 8:30–17:00；其余时间见公告栏",
        "单日 9:00-12:00",
        "🕘" * 200,
    ],
)
def test_of_what_is_not_certain_nothing_is_claimed(text):
    assert opening_hours(text) is None
