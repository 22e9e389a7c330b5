"""The year view of the workday calendar."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from ledger.models import Letter
from snippets.models import CalendarDay
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


def open_as(user: Any, year: int = 2026, **data: str) -> Any:
    """Open the year, or post to it."""
    client = Client()
    client.force_login(user)
    address = reverse("snippets_calendar", args=[year])
    return client.post(address, data) if data else client.get(address)


def test_a_year_that_is_not_entered_says_so(town: Town) -> None:
    page = open_as(town.administrator("portal"), 2027).content.decode()

    assert "2027年尚未录入" in page
    assert "补录2027年" in page


def test_filling_in_a_year_the_library_knows_adds_what_is_missing(town: Town) -> None:
    CalendarDay.objects.filter(day__year=2026).delete()

    open_as(town.administrator("portal"), 2026, action="fill")

    assert CalendarDay.objects.get(day=date(2026, 10, 1)).note == "国庆节"


def test_a_day_is_named_and_forgotten_by_hand(town: Town) -> None:
    keeper = town.administrator("portal")

    open_as(keeper, action="name", day="2027-01-01", kind="off", note="元旦")
    assert not CalendarDay.objects.get(day=date(2027, 1, 1)).is_workday
    open_as(keeper, action="forget", day="2027-01-01")

    assert not CalendarDay.objects.filter(day=date(2027, 1, 1)).exists()


@pytest.mark.parametrize("data", [{"action": "name", "day": "明天", "kind": "off"}, {"action": "?"}])
def test_what_does_not_fit_is_refused_with_a_sentence(town: Town, data: dict[str, str]) -> None:
    response = open_as(town.administrator("portal"), **data)

    assert response.status_code == 422
    assert "日期。" in response.content.decode()


def test_an_editor_reads_and_cannot_write(town: Town) -> None:
    before = CalendarDay.objects.count()

    assert open_as(town.editor("water")).status_code == 200
    open_as(town.editor("water"), action="forget", day="2026-10-01")

    assert CalendarDay.objects.count() == before


def test_from_november_on_the_operators_are_written_to_once_a_week(town: Town, clock: Any) -> None:
    keeper = town.administrator("portal")

    call_command("check_calendar", stdout=StringIO())
    call_command("check_calendar", stdout=StringIO())

    letter = Letter.objects.get(recipient=keeper, kind="calendar.missing")
    assert "2027" in letter.subject
