"""Who may enter the admin: the appointed, as long as the appointment is in force."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Duty
from tests.factories import appoint, make_person
from tests.town import Town, build_town

pytestmark = pytest.mark.usefixtures("undone")


@pytest.fixture(scope="module")
def town(module_database: None) -> Town:
    return build_town()


def may_enter(user: Any) -> bool:
    client = Client()
    client.force_login(user)
    response = client.get(reverse("wagtailadmin_home"))
    assert response.status_code in {200, 302}
    if response.status_code == 302:
        assert response.url.startswith(reverse("wagtailadmin_login"))
    return bool(response.status_code == 200)


def day(shift: int) -> date:
    return timezone.localdate() + timedelta(days=shift)


@pytest.mark.parametrize("duty", Duty.values)
@pytest.mark.parametrize("place", ["portal", "district", "education_office", "school"])
def test_the_appointed_enter_whatever_their_duty_and_place(town: Town, place: str, duty: str) -> None:
    person = make_person("person")
    appoint(person, getattr(town, place), duty)

    assert may_enter(person)


@pytest.mark.parametrize(
    ("terms", "enters"),
    [
        ({"since": day(0)}, True),
        ({"since": day(1)}, False),
        ({"until": day(0)}, True),
        ({"until": day(-1)}, False),
        ({"is_suspended": True}, False),
    ],
    ids=["from today", "from tomorrow", "until today", "until yesterday", "suspended"],
)
def test_an_appointment_counts_while_it_is_in_force(town: Town, terms: dict[str, Any], enters: bool) -> None:
    person = make_person("person")
    appoint(person, town.school, **terms)

    assert may_enter(person) is enters


def test_one_appointment_in_force_is_enough(town: Town) -> None:
    person = make_person("person")
    appoint(person, town.school, until=day(-1))
    appoint(person, town.hall)

    assert may_enter(person)


def test_an_account_without_appointment_stays_outside(town: Town) -> None:
    assert not may_enter(make_person("person"))


def test_a_group_is_no_appointment(town: Town) -> None:
    person = make_person("person")
    person.groups.add(Group.objects.get(name="Moderators"))

    assert not may_enter(person)
    assert not person.has_perm("wagtailadmin.access_admin")


def test_the_operator_needs_no_appointment(town: Town) -> None:
    assert may_enter(make_person("operator", is_superuser=True))


def test_an_account_switched_off_has_nothing(town: Town) -> None:
    person = make_person("person", is_active=False, is_superuser=True)
    appoint(person, town.school)

    assert not person.has_perm("wagtailadmin.access_admin")
    assert not Client().login(username="person", password="person")


def test_an_appointment_that_ends_ends_the_session_s_access(town: Town) -> None:
    person = make_person("person")
    appointment = appoint(person, town.school)
    client = Client()
    client.force_login(person)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200

    appointment.is_suspended = True
    appointment.save()

    assert client.get(reverse("wagtailadmin_home")).status_code == 302
    assert client.get(reverse("wagtailadmin_pages:edit", args=[town.school.pk])).status_code == 302


def test_people_of_the_admin_sign_in_with_their_password(town: Town) -> None:
    appoint(make_person("person"), town.school)

    response = Client().post(reverse("wagtailadmin_login"), {"username": "person", "password": "person"})

    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
