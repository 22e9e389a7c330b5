"""人员状况: what is not as it should be below a person, on a screen and in nightly letters."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Appointment, Duty, User
from cms.people.report.findings import KINDS
from ledger.models import Letter
from pages.bulk import bulk_add
from pages.models import UnitPage
from tests.factories import appoint, make_person
from tests.people.registering import confirmed_form
from tests.server.database import take_statistics
from tests.town import Town
from tests.workflows.acts import signed_in

SCREEN = reverse("people:report")


def found(user: Any, code: str) -> list[str]:
    return [str(each) for each in KINDS[code].find(user)]


def letters() -> list[Letter]:
    call_command("report_people")
    return list(Letter.objects.filter(kind="people.report").order_by("pk"))


def test_who_has_not_signed_in_for_ninety_days_is_idle(town: Town, settings: Any) -> None:
    idle, never, busy = (make_person(name) for name in ("idle", "never", "busy"))
    for person in (idle, never, busy):
        appoint(person, town.school)
    now = timezone.now()
    User.objects.filter(pk=idle.pk).update(last_login=now - timedelta(days=91))
    User.objects.filter(pk=never.pk).update(date_joined=now - timedelta(days=91))
    User.objects.filter(pk=busy.pk).update(last_login=now - timedelta(days=89))

    assert set(found(town.administrator("education_office"), "idle")) == {"idle", "never"}
    settings.ACCOUNT_IDLE_DAYS = 88
    assert set(found(town.administrator("education_office"), "idle")) == {"idle", "never", "busy"}


def test_units_without_editor_or_reviewer_are_listed(town: Town) -> None:
    administrator = town.administrator("district")
    town.editor("school"), town.reviewer("hall")

    assert "示例小学" not in found(administrator, "no-editor")
    assert "示例小学" in found(administrator, "no-reviewer")
    assert "示例便民大厅" in found(administrator, "no-editor")
    assert "示例便民大厅" not in found(administrator, "no-reviewer")
    assert "示例区" not in found(administrator, "no-editor")


def test_somebody_whose_appointments_are_over_has_no_unit(town: Town) -> None:
    appoint(make_person("former"), town.school, until=date(2021, 1, 1))
    appoint(make_person("elsewhere"), town.hall, until=date(2021, 1, 1))
    town.editor("school")

    assert found(town.administrator("education_office"), "no-unit") == ["former"]


def test_a_unit_whose_form_is_confirmed_is_not_listed(town: Town) -> None:
    administrator = town.administrator("education_office")
    assert found(administrator, "unconfirmed") == ["示例小学"]

    confirmed_form(town.school, town.editor("school"), administrator)

    assert found(administrator, "unconfirmed") == []


@pytest.mark.parametrize("code", KINDS)
def test_each_kind_opens_and_comes_as_a_sheet(town: Town, code: str) -> None:
    town.editor("school")
    browser = signed_in(town.administrator("education_office"))

    page = browser.get(f"{SCREEN}?kind={code}")
    sheet = browser.get(reverse("people:report_file", args=[code]))

    assert page.context["kind"].code == code
    rows = list(load_workbook(BytesIO(b"".join(sheet.streaming_content))).active.iter_rows())
    assert len(rows) == 1 + KINDS[code].find(town.administrator("education_office")).count()


def test_an_editor_has_no_report(town: Town) -> None:
    assert signed_in(town.editor("school")).get(SCREEN).status_code in {302, 403}


def test_the_nearest_administrators_are_told_once(town: Town) -> None:
    near, far = town.administrator("education_office"), town.administrator("portal")

    first = letters()
    again = letters()

    assert len(again) == len(first)
    to_near = next(letter for letter in first if letter.recipient == near)
    assert "没有编辑员的单位：1" in to_near.body
    # The portal hears of the offices, not of the school that has a nearer superior.
    to_far = next(letter for letter in first if letter.recipient == far)
    assert "没有编辑员的单位：6" in to_far.body


def test_what_has_changed_is_told_and_otherwise_weekly(town: Town, clock: Any) -> None:
    near = town.administrator("education_office")
    letters()

    appoint(make_person("former"), town.school, until=date(2021, 1, 1))
    assert len([letter for letter in letters() if letter.recipient == near]) == 2
    clock.shift(timedelta(days=6))
    assert len([letter for letter in letters() if letter.recipient == near]) == 2
    clock.shift(timedelta(days=1))
    assert len([letter for letter in letters() if letter.recipient == near]) == 3


def test_no_letter_is_empty(town: Town) -> None:
    administrator = town.administrator("education_office")
    confirmed_form(town.school, town.editor("school"), administrator)
    town.reviewer("school")

    assert not [letter for letter in letters() if letter.recipient == administrator]


def test_units_are_reminded_of_their_form_once_a_month(town: Town, clock: Any) -> None:
    editor = town.editor("school")

    def reminded() -> int:
        call_command("remind_forms")
        return Letter.objects.filter(kind="people.form_due", recipient=editor).count()

    assert reminded() == 1
    assert reminded() == 1
    clock.shift(timedelta(days=31))
    assert reminded() == 2


def test_a_confirmed_form_is_remembered_a_month_before_the_year_is_over(town: Town, clock: Any) -> None:
    editor = town.editor("school")
    confirmed_form(town.school, editor, town.administrator("education_office"))

    call_command("remind_forms")
    assert not Letter.objects.filter(kind="people.form_due", recipient=editor).exists()
    clock.shift(timedelta(days=340))
    call_command("remind_forms")

    assert "将满一年" in Letter.objects.get(kind="people.form_due", recipient=editor).subject


def test_thousands_cost_as_many_queries_as_a_few(town: Town) -> None:
    administrator = town.administrator("district")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            for code in KINDS:
                assert signed_in(administrator).get(f"{SCREEN}?kind={code}").status_code == 200
        return len(asked)

    once = queries()
    units = [UnitPage(title=f"示例单位{number}") for number in range(1_000)]
    bulk_add(town.street, units)
    people = User.objects.bulk_create(User(username=f"p{number}", password="!") for number in range(3_000))
    Appointment.objects.bulk_create(
        Appointment(user=person, organisation_id=units[n % 1_000].pk, duty=Duty.EDITOR, since=date(2020, 1, 1))
        for n, person in enumerate(people)
    )
    take_statistics()

    # Pages of fifty instead of a handful, and a pager.
    assert queries() <= once + 5
