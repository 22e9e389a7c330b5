"""An administrator appoints, suspends and relieves the people of the organisations below."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from accounts.authority import holders
from accounts.models import Appointment, Duty, User
from ledger.models import Event
from tests.factories import appoint, make_person
from tests.town import Town
from tests.workflows.acts import signed_in


def screen(place: Any) -> str:
    return reverse("people:people", args=[place.pk])


def name_somebody(user: Any, place: Any, person: str, duty: str = Duty.EDITOR) -> Any:
    return signed_in(user).post(screen(place), {"person": person, "duty": duty})


def change(user: Any, appointment: Appointment, act: str) -> Any:
    address = reverse("people:change", args=[appointment.organisation_id, appointment.pk])
    return signed_in(user).post(address, {"act": act}, follow=True)


def editor_of(town: Town, place: str) -> Appointment:
    return Appointment.objects.get(user=town.editor(place))


def test_a_new_person_gets_an_account_whose_password_works_and_is_shown_once(town: Town) -> None:
    response = name_somebody(town.administrator("education_office"), town.school, "zhangsan　张三")

    password = response.context["appointed"].password
    assert password in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert Client().login(username="zhangsan", password=password)
    assert User.objects.get(username="zhangsan").get_full_name() == "张三"
    assert password not in signed_in(town.administrator("education_office")).get(screen(town.school)).content.decode()


def test_somebody_known_is_appointed_without_a_new_password(town: Town) -> None:
    person = make_person("lisi")

    response = name_somebody(town.administrator("education_office"), town.school, "lisi", Duty.REVIEWER)

    assert response.status_code == 302
    assert holders(town.school, [Duty.REVIEWER]) == {person.pk}
    assert Client().login(username="lisi", password="lisi")


@pytest.mark.parametrize(("person", "words"), [("", "必需"), ("张三", "用户名只能"), ("x" * 151, "用户名只能")])
def test_a_name_that_cannot_be_is_refused_in_words(town: Town, person: str, words: str) -> None:
    response = name_somebody(town.administrator("education_office"), town.school, person)

    assert words in str(response.context["form"].errors)
    assert not Appointment.objects.filter(organisation=town.school.pk).exists()


def test_nobody_appoints_himself(town: Town) -> None:
    administrator = town.administrator("education_office")

    response = name_somebody(administrator, town.school, administrator.username, Duty.REVIEWER)

    assert "不能任命自己" in response.content.decode()
    assert not holders(town.school, [Duty.REVIEWER])


def test_nobody_appoints_beside_himself(town: Town) -> None:
    response = name_somebody(town.administrator("school"), town.school, "zhangsan 张三")

    assert response.status_code in {302, 403}
    assert not User.objects.filter(username="zhangsan").exists()


def test_who_is_suspended_does_nothing_until_resumed(town: Town) -> None:
    appointment, administrator = editor_of(town, "school"), town.administrator("education_office")

    change(administrator, appointment, "suspend")
    assert not holders(town.school, [Duty.EDITOR])

    change(administrator, appointment, "resume")
    assert holders(town.school, [Duty.EDITOR]) == {appointment.user_id}


def test_who_is_relieved_is_remembered_and_may_be_appointed_again(town: Town) -> None:
    appointment, administrator = editor_of(town, "school"), town.administrator("education_office")

    response = change(administrator, appointment, "relieve")
    assert "已免职" in response.content.decode()
    assert not holders(town.school, [Duty.EDITOR])

    name_somebody(administrator, town.school, appointment.user.username)
    appointment.refresh_from_db()
    assert (appointment.since, appointment.until) == (timezone.localdate(), None)
    assert holders(town.school, [Duty.EDITOR]) == {appointment.user_id}


def test_who_begins_today_can_be_relieved_today(town: Town) -> None:
    appointment = appoint(make_person("wangwu"), town.school, since=timezone.localdate())

    change(town.administrator("education_office"), appointment, "relieve")

    appointment.refresh_from_db()
    assert appointment.since <= appointment.until == timezone.localdate() - timedelta(days=1)


def test_nobody_changes_his_own_appointment(town: Town) -> None:
    administrator = town.administrator("education_office")
    own = appoint(administrator, town.school, Duty.REVIEWER, since=date(2020, 1, 1))

    response = change(administrator, own, "relieve")

    assert "不能变更自己的任命" in response.content.decode()
    assert holders(town.school, [Duty.REVIEWER]) == {administrator.pk}


def test_an_appointment_of_another_organisation_is_not_found(town: Town) -> None:
    other = editor_of(town, "hall")
    address = reverse("people:change", args=[town.school.pk, other.pk])

    response = signed_in(town.administrator("education_office")).post(address, {"act": "relieve"})

    assert response.status_code == 404
    assert holders(town.hall, [Duty.EDITOR])


def test_an_unknown_act_changes_nothing(town: Town) -> None:
    appointment = editor_of(town, "school")

    response = change(town.administrator("education_office"), appointment, "promote")

    assert response.status_code == 404
    assert holders(town.school, [Duty.EDITOR])


def test_the_history_of_the_organisation_says_who_was_appointed(town: Town) -> None:
    administrator = town.administrator("education_office")
    name_somebody(administrator, town.school, "zhangsan 张三")
    change(administrator, Appointment.objects.get(user__username="zhangsan"), "relieve")

    entries = PageLogEntry.objects.filter(page=town.school.pk, action__startswith="accounts.").order_by("pk")

    assert [entry.user for entry in entries] == [administrator, administrator]
    assert [str(entry.message) for entry in entries] == ["任命 张三 为编辑员", "免去 张三 的编辑员职责"]


def test_the_screen_says_whose_people_it_shows(town: Town) -> None:
    html = signed_in(town.administrator("education_office")).get(screen(town.school)).content.decode()

    assert "人员 · 示例小学" in html


def test_the_menu_of_an_organisation_leads_there(town: Town) -> None:
    def menu(user: Any) -> str:
        return signed_in(user).get(reverse("wagtailadmin_explore", args=[town.school.pk])).content.decode()

    assert screen(town.school) in menu(town.administrator("education_office"))
    assert screen(town.school) not in menu(town.administrator("school"))


def test_the_audit_says_who_was_appointed_and_what_changed(town: Town) -> None:
    administrator = town.administrator("education_office")
    name_somebody(administrator, town.school, "zhangsan 张三")
    appointment = Appointment.objects.get(user__username="zhangsan")
    change(administrator, appointment, "suspend")

    made, suspended = Event.objects.filter(kind__startswith="people.", subject_id=appointment.user_id).order_by("pk")

    today = {"since": str(timezone.localdate()), "until": None}
    assert (made.kind, made.before, made.after) == ("people.appointed", None, {**today, "is_suspended": False})
    assert (suspended.actor, suspended.organisation_id) == (administrator, town.school.pk)
    assert (suspended.before, suspended.after) == ({**today, "is_suspended": False}, {**today, "is_suspended": True})


def test_nobody_appoints_or_relieves_an_auditor_here(town: Town) -> None:
    administrator, auditor = town.administrator("education_office"), town.auditor("school")
    appointment = auditor.appointments.get()

    appointed = name_somebody(administrator, town.school, "zhangsan 张三", Duty.AUDITOR)
    changed = change(administrator, appointment, "relieve")

    assert "zhangsan" not in set(User.objects.values_list("username", flat=True))
    assert "duty" in appointed.context["form"].errors
    assert changed.status_code == 404
    assert auditor.username not in signed_in(administrator).get(screen(town.school)).content.decode()
