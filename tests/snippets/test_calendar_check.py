"""Operators are told of a year whose days off nobody has entered, and nothing else breaks."""

from __future__ import annotations

from typing import Any

import pytest

from snippets.checks import check_calendar
from snippets.models import CalendarDay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_missing_year_is_named() -> None:
    CalendarDay.objects.filter(day__year=2026).delete()

    (warning,) = check_calendar(["default"])

    assert "2026" in warning.msg
    assert warning.id == "gongkai.W040"


def test_from_november_the_next_year_is_asked_for_too(clock: Any) -> None:
    CalendarDay.objects.create(day="2027-01-01", is_workday=False, note="元旦")

    assert check_calendar(["default"]) == []


def test_without_a_database_nothing_is_asked() -> None:
    assert check_calendar(None) == []
