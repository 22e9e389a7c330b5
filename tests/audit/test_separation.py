"""Where powers are separated, the operator gets no hold of an auditor's account."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from accounts.models import Appointment, Duty
from cms.people.subtree import may_manage
from tests.factories import appoint, make_person
from tests.workflows.acts import signed_in, told

pytestmark = pytest.mark.django_db
SINCE = date(2020, 1, 1)


@pytest.fixture
def operator(settings):
    settings.SEPARATE_DUTIES = True
    return make_person("root", is_superuser=True)


def test_the_operator_opens_no_door_of_an_auditor(town, operator, settings):
    auditor = town.auditor("water")

    assert not may_manage(operator, auditor)
    settings.SEPARATE_DUTIES = False
    assert may_manage(operator, auditor)


def test_an_administrator_above_opens_none_either(town):
    assert not may_manage(town.administrator("portal"), town.auditor("water"))


@pytest.mark.parametrize("name", ["edit", "delete"])
def test_the_operator_edits_and_deletes_no_auditor(town, operator, name):
    auditor, editor = town.auditor("water"), town.editor("water")
    client = signed_in(operator)

    answers = {user: client.get(reverse(f"wagtailusers_users:{name}", args=[user.pk])) for user in (auditor, editor)}

    assert [answer.status_code for answer in answers.values()] == [302, 200]


def test_nor_many_at_once(town, operator):
    address = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])

    response = signed_in(operator).post(f"{address}?id={town.auditor('water').pk}")

    assert response.status_code == 302
    town.auditor("water").refresh_from_db()


def test_who_administers_is_not_made_an_operator(town, operator):
    administrator = town.administrator("water")
    data = {"username": administrator.username, "email": "a@example.org", "is_superuser": "on", "is_active": "on"}

    response = signed_in(operator).post(reverse("wagtailusers_users:edit", args=[administrator.pk]), data)

    administrator.refresh_from_db()
    assert not administrator.is_superuser
    assert "不能兼任系统运维" in told(response)[0]


def rows(*held):
    return [Appointment(user=user, organisation_id=place.pk, duty=duty, since=SINCE) for user, place, duty in held]


def test_many_appointments_at_once_join_no_powers(town, operator):
    auditor, person = town.auditor("water"), make_person("person")

    for refused in (
        rows((auditor, town.water, Duty.ADMINISTRATOR)),
        rows((person, town.water, Duty.AUDITOR), (person, town.school, Duty.ADMINISTRATOR)),
        rows((operator, town.water, Duty.AUDITOR)),
    ):
        with pytest.raises(ValidationError, match="三权分立"):
            Appointment.objects.bulk_create(refused)

    assert Appointment.objects.count() == 1
    Appointment.objects.bulk_create(rows((person, town.water, Duty.EDITOR), (person, town.school, Duty.AUDITOR)))


def test_nor_does_a_change_of_many(town, operator):
    person, auditor = town.administrator("water"), town.auditor("water")
    editing = appoint(person, town.school, Duty.EDITOR)
    editing.duty = Duty.AUDITOR

    for change in (
        lambda: Appointment.objects.filter(pk=editing.pk).update(duty=Duty.AUDITOR),
        lambda: Appointment.objects.bulk_update([editing], ["duty"]),
        lambda: auditor.appointments.update(user=person),
    ):
        with pytest.raises(ValidationError, match="三权分立"), transaction.atomic():
            change()

    assert set(person.appointments.values_list("duty", flat=True)) == {Duty.ADMINISTRATOR, Duty.EDITOR}


def test_where_powers_are_not_separated_many_are_appointed_as_before(town):
    person = town.auditor("water")

    Appointment.objects.bulk_create(rows((person, town.water, Duty.ADMINISTRATOR)))

    assert person.appointments.count() == 2
