"""Workdays: holidays, make-up Saturdays, years nobody has announced yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import WorkdayCalendar, seed_days, seed_names

CALENDAR = WorkdayCalendar(seed_days(2026))
days = st.dates(date(2025, 1, 1), date(2028, 12, 31))
amounts = st.integers(-250, 250)


def test_holidays_and_make_up_days_count_as_announced():
    new_year, make_up_sunday = date(2026, 1, 1), date(2026, 1, 4)

    assert not CALENDAR.is_workday(new_year)
    assert CALENDAR.is_workday(make_up_sunday)


def test_a_day_nobody_named_counts_monday_to_friday():
    empty = WorkdayCalendar()

    assert empty.is_workday(date(2026, 10, 1))
    assert not empty.is_workday(date(2026, 11, 22))


def test_twenty_workdays_skip_the_national_holiday():
    # 2026: 1 to 7 October off, Saturday 10 October worked.
    assert CALENDAR.add_workdays(date(2026, 9, 30), 3) == date(2026, 10, 10)


def test_the_day_of_the_event_is_not_counted():
    monday = date(2026, 11, 23)

    assert CALENDAR.add_workdays(monday, 1) == date(2026, 11, 24)
    assert CALENDAR.add_workdays(monday, 0) == monday
    assert CALENDAR.add_workdays(monday, -1) == date(2026, 11, 20)


def test_a_deadline_over_an_unannounced_year_is_provisional():
    assert not CALENDAR.is_provisional(2026)
    assert CALENDAR.is_provisional(2027)
    assert WorkdayCalendar().is_provisional(2026)


@pytest.mark.parametrize("year", [1900, 2003, 2100, 10_000])
def test_the_seed_is_empty_for_a_year_the_library_does_not_know(year):
    assert seed_days(year) == {}


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_seed_names_days_off_and_make_up_days(year):
    seed = seed_days(year)

    assert seed[date(year, 1, 1)] is False
    assert {day.weekday() for day, works in seed.items() if works} <= {5, 6}
    assert all(day.year == year for day in seed)


def test_counting_beyond_the_end_of_time_is_refused():
    with pytest.raises(ValueError, match="超出了日历的范围"):
        CALENDAR.add_workdays(date(9999, 12, 1), 100)


@given(days, amounts, amounts)
def test_more_workdays_are_never_earlier(start, fewer, more):
    fewer, more = sorted((fewer, more))

    assert CALENDAR.add_workdays(start, fewer) <= CALENDAR.add_workdays(start, more)


@given(days, days, amounts)
def test_a_later_start_never_ends_earlier(start, later, n):
    start, later = sorted((start, later))

    assert CALENDAR.add_workdays(start, n) <= CALENDAR.add_workdays(later, n)


@given(days, amounts)
def test_counting_back_gives_what_was_added(start, n):
    assert CALENDAR.workdays_between(start, CALENDAR.add_workdays(start, n)) == n


@given(days, st.integers(1, 250))
def test_a_deadline_is_always_a_workday(start, n):
    assert CALENDAR.is_workday(CALENDAR.add_workdays(start, n))


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_workdays_of_neighbouring_spans_add_up(start, first, second):
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=second)

    whole = CALENDAR.workdays_between(start, end)

    assert whole == CALENDAR.workdays_between(start, middle) + CALENDAR.workdays_between(middle, end)


def test_each_seeded_day_has_the_name_of_its_holiday():
    names = seed_names(2026)

    assert names.keys() == seed_days(2026).keys()
    assert names[date(2026, 10, 1)] == "国庆节"
