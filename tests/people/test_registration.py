"""办事公开工作信息登记表: the unit fills it in, the superior confirms it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Duty, FormState, RegistrationForm
from cms.people.registration.service import begin_next, decide, latest_form, save_form, submit
from ledger.models import Event, Letter
from tests.factories import appoint, make_person, make_unit
from tests.people.registering import CHECKER, CLERK, HEAD, confirmed_form, posted, submitted_form
from tests.town import Town
from tests.workflows.acts import signed_in, told


def screen(place: Any) -> str:
    return reverse("people:form", args=[place.pk])


def act(user: Any, place: Any, name: str, **data: str) -> Any:
    return signed_in(user).post(reverse("people:form_act", args=[place.pk]), {"act": name, **data})


def test_a_unit_fills_in_and_submits_on_one_screen(town: Town) -> None:
    superior = town.administrator("education_office")

    signed_in(town.editor("school")).post(screen(town.school), posted(CLERK, CHECKER) | {"then": "submit"})

    form = latest_form(town.school)
    assert (form.state, form.version, form.leader_name) == (FormState.SUBMITTED, 1, "王分管")
    assert [row.name for row in form.staff.all()] == ["张三", "李四"]
    assert Letter.objects.get(recipient=superior).must_act


def test_what_is_missing_is_named_and_what_was_written_is_kept(town: Town) -> None:
    response = signed_in(town.editor("school")).post(screen(town.school), posted(leader_phone="") | {"then": "submit"})

    assert "分管领导电话、工作人员（至少一人）" in "".join(told(response))
    assert latest_form(town.school).state == FormState.DRAFT


def test_a_row_without_a_name_is_asked_for_it(town: Town) -> None:
    response = signed_in(town.editor("school")).post(screen(town.school), posted(CLERK | {"name": ""}))

    assert response.status_code == 422
    assert "请填写姓名" in response.content.decode()
    assert latest_form(town.school) is None


def test_while_it_waits_nobody_writes_in_it(town: Town) -> None:
    editor = town.editor("school")
    submitted_form(town.school, editor)

    with pytest.raises(ValidationError, match="等待上级确认"):
        save_form(organisation=town.school, values=HEAD, staff=[], by=editor)


def test_the_superior_confirms_and_the_unit_is_told(town: Town) -> None:
    submitted_form(town.school, town.editor("school"))

    act(town.administrator("education_office"), town.school, "confirm")

    assert latest_form(town.school).state == FormState.CONFIRMED
    assert Letter.objects.filter(recipient=town.editor("school"), subject__contains="已由上级确认").exists()
    assert Event.objects.filter(kind="people.form_confirmed").exists()


def test_a_return_says_why(town: Town) -> None:
    submitted_form(town.school, town.editor("school"))
    superior = town.administrator("education_office")

    without = act(superior, town.school, "return")
    act(superior, town.school, "return", reason="缺审核员")

    assert "请写明原因" in "".join(told(without))
    assert latest_form(town.school).state == FormState.RETURNED
    assert "缺审核员" in signed_in(town.editor("school")).get(screen(town.school)).content.decode()


@pytest.mark.parametrize("place", ["school", "street", "water_office"])
def test_nobody_confirms_beside_or_for_himself(town: Town, place: str) -> None:
    submitted_form(town.school, town.editor("school"))

    act(town.administrator(place), town.school, "confirm")

    assert latest_form(town.school).state == FormState.SUBMITTED


def test_who_submitted_for_a_unit_with_people_does_not_confirm(town: Town) -> None:
    town.editor("school")
    superior = town.administrator("education_office")
    submitted_form(town.school, superior)

    with pytest.raises(PermissionDenied):
        decide(organisation=town.school, confirm=True, by=superior)


def test_for_a_unit_without_anybody_the_superior_does_both(town: Town) -> None:
    superior = town.administrator("education_office")

    confirmed_form(town.school, superior, superior)

    assert latest_form(town.school).state == FormState.CONFIRMED


def test_a_decision_is_made_once(town: Town) -> None:
    superior = town.administrator("education_office")
    confirmed_form(town.school, town.editor("school"), superior)

    with pytest.raises(ValidationError, match="不在待确认状态"):
        decide(organisation=town.school, confirm=False, reason="迟了", by=superior)


def test_the_next_version_begins_with_what_was_confirmed(town: Town) -> None:
    editor = town.editor("school")
    confirmed_form(town.school, editor, town.administrator("education_office"))

    form = begin_next(organisation=town.school, by=editor)

    assert (form.version, form.state, form.leader_name) == (2, FormState.DRAFT, "王分管")
    assert [row.name for row in form.staff.all()] == ["张三", "李四"]
    with pytest.raises(ValidationError):
        begin_next(organisation=town.school, by=editor)
    old = signed_in(editor).get(reverse("people:form_version", args=[town.school.pk, 1]))
    assert "这是以前的一版" in old.content.decode()


def test_after_a_year_it_is_listed_as_overdue(town: Town, clock: Any) -> None:
    superior = town.administrator("education_office")
    confirmed_form(town.school, town.editor("school"), superior)
    address = reverse("people:forms") + "?state=overdue"
    assert not signed_in(superior).get(address).context["rows"]

    clock.shift(timedelta(days=366))

    rows = signed_in(superior).get(address).context["rows"]
    assert [row["organisation"].title for row in rows] == ["示例小学"]


def test_the_events_hold_no_names_and_numbers_of_staff(town: Town) -> None:
    confirmed_form(town.school, town.editor("school"), town.administrator("education_office"))

    stored = " ".join(f"{event.data} {event.subject_title}" for event in Event.objects.all())
    assert "13900000001" not in stored
    assert "张三" not in stored


def test_the_public_and_the_api_know_nothing_of_it(town: Town) -> None:
    confirmed_form(town.school, town.editor("school"), town.administrator("education_office"))
    client = Client()

    pages = [
        town.school.get_url(),
        "/api/v2/",
        f"/api/v2/pages/{town.school.pk}/",
        "/search/?q=张三",
        "/search/?q=王分管",
    ]
    text = " ".join(client.get(address).content.decode() for address in pages)

    assert "13900000001" not in text
    assert "0411-11112222" not in text


def test_the_list_costs_the_same_for_many(town: Town) -> None:
    superior = town.administrator("education_office")
    confirmed_form(town.school, town.editor("school"), superior)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            signed_in(superior).get(reverse("people:forms"))
        return len(found)

    once = queries()
    for number in range(20):
        unit = make_unit(town.education_office, title=f"示例学校{number}", industry=town.industries["primary"])
        appoint(make_person(f"clerk-{number}"), unit, Duty.EDITOR)
        RegistrationForm.objects.create(organisation_id=unit.pk)

    assert queries() <= once + 1


def test_somebody_who_only_reviews_does_not_fill_in(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        submit(organisation=town.school, by=town.reviewer("school"))
