"""A mailbox can set the password of its account, so nobody writes his own beside another's name."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from accounts.passwords import issue
from cms.people.issuing.service import candidates, issue_accounts
from cms.people.registration.service import latest_form
from cms.sign_in.reset import send_reset_mail
from tests.factories import make_person
from tests.people.registering import CHECKER, CLERK, confirmed_form, posted, submitted_form
from tests.people.test_forms_sheet import SCHOOL, upload
from tests.town import Town
from tests.workflows.acts import signed_in


def with_mail(person: User, address: str) -> User:
    person.email = address
    person.save(update_fields=["email"])
    return person


def fill_in(town: Town, *staff: dict[str, str]) -> Any:
    return signed_in(town.editor("school")).post(reverse("people:form", args=[town.school.pk]), posted(*staff))


def test_an_editor_cannot_write_his_own_mailbox_for_the_reviewer(town: Town) -> None:
    with_mail(town.editor("school"), "me@example.org")

    response = fill_in(town, CLERK, CHECKER | {"email": "ME@example.org"})

    assert response.status_code == 422
    assert "第 2 行的邮箱已属于另一个账号" in response.content.decode()
    assert latest_form(town.school) is None


def test_two_people_do_not_share_a_mailbox(town: Town) -> None:
    response = fill_in(town, CLERK | {"email": "one@example.org"}, CHECKER | {"email": "One@example.org"})

    assert response.status_code == 422
    assert "第 2 行的邮箱与第 1 行另一人的相同" in response.content.decode()


def test_one_person_with_two_duties_and_an_account_keeps_the_own_mailbox(town: Town) -> None:
    with_mail(make_person("zhangsan"), "zs@example.org")
    person = CLERK | {"email": "zs@example.org", "username": "zhangsan"}

    assert fill_in(town, person, person | {"duty": "reviewer"}).status_code == 302


def test_the_sheet_names_the_row_of_the_mailbox(town: Town) -> None:
    _browser, report = upload(town.administrator("district"), SCHOOL, SCHOOL | {"工作人员姓名": "王五"})

    assert "第 3 行的邮箱与第 2 行另一人的相同" in report.content.decode()


def test_nothing_is_issued_to_a_mailbox_that_has_an_account_by_now(town: Town) -> None:
    superior = town.administrator("education_office")
    confirmed_form(town.school, town.editor("school"), superior, CLERK, CHECKER | {"email": "me@example.org"})
    with_mail(town.editor("school"), "Me@example.org")

    with pytest.raises(ValidationError, match="第 2 行“李四”的邮箱已属于另一个账号"):
        issue_accounts(staff=[row.pk for row in candidates(superior)], by=superior)

    assert not User.objects.filter(username__in=["zhangsan", "lisi"]).exists()


@pytest.mark.parametrize("used", [False, True])
def test_a_password_never_used_is_not_reset_by_mail(town: Town, used: bool) -> None:
    person = with_mail(make_person("lisi"), "ls@example.org")
    issue(person)
    if used:
        signed_in(person)

    send_reset_mail.call("ls@example.org")

    assert len(mail.outbox) == used


def test_whose_account_a_user_name_is_learns_only_whoever_confirms(town: Town) -> None:
    person = make_person("stranger", first_name="某外人")
    submitted_form(town.school, town.editor("school"), CLERK | {"username": person.username})
    submitted_form(town.hall, town.editor("hall"), CLERK | {"username": "nobody"})

    def read(user: User, place: Any) -> str:
        return str(signed_in(user).get(reverse("people:form", args=[place.pk])).content.decode())

    assert "某外人" not in read(town.editor("school"), town.school)
    assert "待发放" not in read(town.editor("hall"), town.hall)
    assert "某外人" in read(town.administrator("education_office"), town.school)
    assert "待发放" in read(town.administrator("street"), town.hall)
