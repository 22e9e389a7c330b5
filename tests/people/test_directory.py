"""The people below: found, corrected, moved, stopped; never anybody beside or above."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.authority import holders
from accounts.models import Appointment, Duty, User
from cms.people.subtree import may_manage
from ledger.models import Event
from pages.models import RosterEntry
from tests.factories import appoint, make_person
from tests.town import Town
from tests.workflows.acts import signed_in

LIST = reverse("people:directory")


def listed(user: Any, query: str = "") -> list[str]:
    page = signed_in(user).get(LIST + query).context["page"]
    return [person.username for person in page]


def edit(user: Any, person: User, **values: str) -> Any:
    data = {"first_name": "改名", "email": "", "phone": "", **values}
    return signed_in(user).post(reverse("people:person", args=[person.pk]), data)


def test_an_administrator_sees_who_is_below_and_nobody_else(town: Town) -> None:
    for place in ("school", "education_office", "hall", "district"):
        town.editor(place)

    assert listed(town.administrator("education_office")) == ["school-editor"]


def test_people_are_found_by_name_user_name_and_phone(town: Town) -> None:
    person = make_person("lisi", first_name="李四", phone="0411-1234567")
    appoint(person, town.school)
    town.editor("school")
    administrator = town.administrator("education_office")

    for words in ("李四", "LISI", "12345"):
        assert listed(administrator, f"?words={words}") == ["lisi"]
    assert listed(administrator, "?duty=reviewer") == []


def test_details_are_corrected_and_the_event_names_no_numbers(town: Town) -> None:
    person = town.editor("school")

    edit(town.administrator("education_office"), person, first_name="王五", phone="13800000000")

    person.refresh_from_db()
    assert (str(person), person.phone) == ("王五", "13800000000")
    event = Event.objects.get(kind="people.corrected")
    assert "13800000000" not in str(event.data)


def test_the_address_of_another_account_is_refused(town: Town) -> None:
    other, person = make_person("other"), town.editor("school")

    response = edit(town.administrator("education_office"), person, email=other.email.upper())

    assert "已用于另一个账号" in response.content.decode()


def test_who_holds_something_above_too_is_shown_and_not_touched(town: Town) -> None:
    person = town.administrator("portal")
    appoint(person, town.school)
    administrator = town.administrator("education_office")

    response = edit(administrator, person, email="mine@example.org")

    assert signed_in(administrator).get(reverse("people:person", args=[person.pk])).status_code == 200
    assert response.status_code in {302, 403}
    person.refresh_from_db()
    assert person.email == "portal-administrator@example.org"


@pytest.mark.parametrize("place", ["school", "education_office", "street", "district", "portal"])
def test_nobody_manages_beside_or_above_or_the_operator(town: Town, place: str) -> None:
    administrator = town.administrator("education_office")
    operator = make_person("operator", is_superuser=True)
    appoint(operator, town.school)

    assert may_manage(administrator, town.editor(place)) == (place == "school")
    assert not may_manage(administrator, operator)
    assert not may_manage(administrator, administrator)


def test_a_suspended_appointment_above_still_protects(town: Town) -> None:
    person = town.editor("school")
    appoint(person, town.portal, Duty.ADMINISTRATOR, is_suspended=True)

    assert not may_manage(town.administrator("education_office"), person)


def test_a_stopped_account_does_nothing_and_can_be_restarted(town: Town) -> None:
    person, administrator = town.editor("school"), town.administrator("education_office")
    address = reverse("people:active", args=[person.pk])
    theirs = signed_in(person)

    signed_in(administrator).post(address, {"act": "stop"})
    assert not Client().login(username=person.username, password=person.username)
    assert theirs.get(reverse("wagtailadmin_home")).status_code == 302
    assert not holders(town.school, [Duty.EDITOR])

    signed_in(administrator).post(address, {"act": "restart"})
    assert holders(town.school, [Duty.EDITOR]) == {person.pk}
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"people.stopped", "people.restarted"} <= kinds


@pytest.mark.parametrize("name", ["示例便民大厅", "名录代码"])
def test_an_appointment_is_moved_below(town: Town, name: str) -> None:
    appointment = Appointment.objects.get(user=town.editor("school"))
    place = RosterEntry.objects.get(organisation=town.hall.pk).code if name == "名录代码" else name
    address = reverse("people:move", args=[appointment.pk])

    signed_in(town.administrator("district")).post(address, {"place": place})

    assert holders(town.hall, [Duty.EDITOR]) == {appointment.user_id}
    assert not holders(town.school, [Duty.EDITOR])
    assert Event.objects.get(kind="people.moved").after == "示例便民大厅"


@pytest.mark.parametrize("place", ["示例便民大厅", "示例区教育局", "没有的单位"])
def test_nothing_is_moved_beyond_reach(town: Town, place: str) -> None:
    appointment = Appointment.objects.get(user=town.editor("school"))
    address = reverse("people:move", args=[appointment.pk])

    response = signed_in(town.administrator("education_office")).post(address, {"place": place})

    assert "您管理的单位中没有" in response.content.decode()
    assert holders(town.school, [Duty.EDITOR]) == {appointment.user_id}


def test_the_list_costs_the_same_for_many(town: Town) -> None:
    administrator = town.administrator("district")
    town.editor("school")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            signed_in(administrator).get(LIST)
        return len(found)

    once = queries()
    for number in range(60):
        appoint(make_person(f"person-{number}"), town.school)

    assert queries() <= once + 1
