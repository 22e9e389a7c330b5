"""Accounts from confirmed forms; their passwords are on paper and nowhere else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.authority import holders
from accounts.models import AccountIssue, Appointment, Duty, RegisteredStaff, User
from cms.people.issuing.service import candidates, free_username, issue_accounts, reissue
from ledger.models import Event, Letter
from tests.factories import appoint, make_person
from tests.people.registering import CHECKER, CLERK, confirmed_form, submitted_form
from tests.town import Town
from tests.workflows.acts import signed_in

ISSUE, DELIVERIES = reverse("people:issue"), reverse("people:deliveries")


def ticked(user: Any) -> dict[str, list[int]]:
    return {"staff": [row.pk for row in candidates(user)]}


def test_one_press_makes_accounts_and_appointments_and_shows_the_passwords_once(town: Town) -> None:
    superior = town.administrator("education_office")
    confirmed_form(town.school, town.editor("school"), superior)
    browser = signed_in(superior)

    sheet = browser.post(ISSUE, ticked(superior))

    text = sheet.content.decode()
    people = [each for office in sheet.context["offices"] for each in office["people"]]
    assert [each.user.username for each in people] == ["zhangsan", "lisi"]
    assert all(each.password in text for each in people)
    assert "no-store" in sheet["Cache-Control"]
    assert Client().login(username="zhangsan", password=people[0].password)
    assert User.objects.get(username="zhangsan").must_change_password
    assert holders(town.school, [Duty.REVIEWER]) == {User.objects.get(username="lisi").pk}
    assert people[0].password not in browser.get(ISSUE).content.decode()


def test_no_password_stands_in_the_records(town: Town) -> None:
    superior = town.administrator("education_office")
    confirmed_form(town.school, town.editor("school"), superior)

    issued = issue_accounts(staff=ticked(superior)["staff"], by=superior)

    stored = " ".join(
        f"{event.data} {event.before} {event.after} {event.subject_title}" for event in Event.objects.all()
    )
    stored += " ".join(f"{letter.subject} {letter.body}" for letter in Letter.objects.all())
    assert Event.objects.filter(kind="people.account_issued").count() == 2
    assert not any(each.password in stored for each in issued)


def test_a_second_press_issues_nothing(town: Town) -> None:
    superior = town.administrator("education_office")
    confirmed_form(town.school, town.editor("school"), superior)
    chosen = ticked(superior)["staff"]
    issue_accounts(staff=chosen, by=superior)

    with pytest.raises(ValidationError, match="没有可发放的账号"):
        issue_accounts(staff=chosen, by=superior)


def test_only_confirmed_forms_give_accounts(town: Town) -> None:
    submitted_form(town.school, town.editor("school"))

    assert not candidates(town.administrator("education_office")).exists()


@pytest.mark.parametrize("place", ["school", "street", "water_office"])
def test_nobody_issues_beside_or_for_his_own_unit(town: Town, place: str) -> None:
    confirmed_form(town.school, town.editor("school"), town.administrator("education_office"))
    everybody = list(RegisteredStaff.objects.values_list("pk", flat=True))

    with pytest.raises(ValidationError):
        issue_accounts(staff=everybody, by=town.administrator(place))

    assert not User.objects.filter(username="zhangsan").exists()


def test_who_has_an_account_is_appointed_and_keeps_the_password(town: Town) -> None:
    make_person("known")
    superior = town.administrator("education_office")
    confirmed_form(town.school, town.editor("school"), superior, CLERK | {"username": "known"})

    issued = issue_accounts(staff=ticked(superior)["staff"], by=superior)

    assert issued == []
    assert Client().login(username="known", password="known")
    assert Appointment.objects.filter(user__username="known", organisation=town.school.pk).exists()


def test_one_person_with_two_duties_gets_one_account(town: Town) -> None:
    superior = town.administrator("education_office")
    confirmed_form(town.school, town.editor("school"), superior, CLERK, CLERK | {"duty": "administrator"})

    issued = issue_accounts(staff=ticked(superior)["staff"], by=superior)

    assert [(each.user.username, each.duties) for each in issued] == [("zhangsan", ["编辑员", "管理员"])]


def test_who_was_relieved_is_not_issued_again(town: Town) -> None:
    superior, person = town.administrator("education_office"), make_person("gone")
    appoint(person, town.school, until=date(2020, 12, 31))
    confirmed_form(town.school, town.editor("school"), superior, CLERK | {"username": "gone"}, CHECKER)

    assert [row.name for row in candidates(superior)] == ["李四"]


def test_user_names_are_pinyin_and_unique(town: Town) -> None:
    make_person("zhangsan")

    assert free_username("张三") == "zhangsan2"
    assert free_username("吕四") == "lvsi" or free_username("吕四").startswith("l")
    assert free_username("Łódź") != ""


def test_a_lost_sheet_is_issued_again_and_the_old_password_opens_nothing(town: Town) -> None:
    superior = town.administrator("education_office")
    confirmed_form(town.school, town.editor("school"), superior)
    first = issue_accounts(staff=ticked(superior)["staff"], by=superior)[0]

    again = signed_in(superior).post(reverse("people:reissue", args=[first.user.pk]))

    new = again.context["offices"][0]["people"][0].password
    assert not Client().login(username="zhangsan", password=first.password)
    assert Client().login(username="zhangsan", password=new)
    assert AccountIssue.objects.filter(user=first.user, replaced_at=None).count() == 1


def test_the_delivery_is_noted_with_names_and_day(town: Town) -> None:
    superior = town.administrator("education_office")
    confirmed_form(town.school, town.editor("school"), superior)
    issue_accounts(staff=ticked(superior)["staff"], by=superior)
    issue = AccountIssue.objects.get(user__username="zhangsan")
    data = {
        "issue": [issue.pk],
        "handed_by": "孙交付",
        "received_by": "",
        "delivered_on": "2026-11-20",
        "receipt": "第3号",
    }

    signed_in(superior).post(DELIVERIES, data)

    issue.refresh_from_db()
    assert (issue.handed_by, issue.received_by, str(issue.delivered_on)) == ("孙交付", "张三", "2026-11-20")
    assert Event.objects.get(kind="people.account_delivered").data["handed_by"] == "孙交付"
    assert "李四" in signed_in(superior).get(DELIVERIES).content.decode()


def test_a_delivery_in_the_future_is_refused(town: Town) -> None:
    superior = town.administrator("education_office")
    confirmed_form(town.school, town.editor("school"), superior)
    issue_accounts(staff=ticked(superior)["staff"], by=superior)
    chosen = list(AccountIssue.objects.values_list("pk", flat=True))

    response = signed_in(superior).post(DELIVERIES, {"issue": chosen, "handed_by": "孙", "delivered_on": "2099-01-01"})

    assert "不能晚于今天" in response.content.decode()


def test_nobody_renews_the_password_of_who_is_above_too(town: Town) -> None:
    person = town.administrator("portal")
    appoint(person, town.school)

    signed_in(town.administrator("education_office")).post(reverse("people:reissue", args=[person.pk]))

    assert Client().login(username=person.username, password=person.username)


def test_a_stopped_account_gets_no_password(town: Town) -> None:
    person = town.editor("school")
    person.is_active = False
    person.save()

    with pytest.raises(ValidationError, match="已停用"):
        reissue(person=person, by=town.administrator("education_office"))
