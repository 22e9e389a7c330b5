"""Auditors appoint the auditors below them, and nobody else does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.authority import holders
from accounts.models import Duty
from tests.factories import make_person
from tests.workflows.acts import signed_in, words

pytestmark = pytest.mark.django_db


def at(place: Any) -> str:
    return reverse("audit:auditors_at", args=[place.pk])


def test_an_auditor_appoints_one_below_whose_password_is_shown_once(town):
    auditor = town.auditor("portal")

    response = signed_in(auditor).post(at(town.water), {"person": "shenji 审计一"})

    password = response.context["appointed"].password
    assert password in words(response)
    assert "no-store" in response["Cache-Control"]
    assert Client().login(username="shenji", password=password)
    assert password not in words(signed_in(auditor).get(at(town.water)))


@pytest.mark.parametrize("place", ["water", "hall"])
def test_nobody_appoints_an_auditor_beside_himself(town, place):
    response = signed_in(town.auditor("water")).post(at(getattr(town, place)), {"person": "shenji 审计一"})

    assert response.status_code == 302
    assert not holders(getattr(town, place), [Duty.AUDITOR]) - {town.auditor("water").pk}


def test_neither_administrator_nor_operator_appoints_auditors(town):
    for user in (town.administrator("portal"), make_person("root", is_superuser=True)):
        signed_in(user).post(at(town.water), {"person": "shenji 审计一"})

    assert not holders(town.water, [Duty.AUDITOR])


def test_who_administers_cannot_be_chosen_where_powers_are_separated(town, settings):
    settings.SEPARATE_DUTIES = True
    administrator = town.administrator("water_office")

    response = signed_in(town.auditor("portal")).post(at(town.water), {"person": administrator.username})

    assert "三权分立" in words(response)
    assert not holders(town.water, [Duty.AUDITOR])


def test_an_auditor_below_is_suspended_and_relieved(town):
    below, auditor = town.auditor("water"), town.auditor("portal")
    address = reverse("audit:change_auditor", args=[town.water.pk, below.appointments.get().pk])

    signed_in(auditor).post(address, {"act": "suspend"})
    assert not holders(town.water, [Duty.AUDITOR])

    signed_in(auditor).post(address, {"act": "resume"})
    assert holders(town.water, [Duty.AUDITOR]) == {below.pk}
    assert signed_in(auditor).post(address, {"act": "promote"}).status_code == 404


def test_an_appointment_that_is_no_auditors_is_not_found(town):
    editor = town.editor("water").appointments.get()
    address = reverse("audit:change_auditor", args=[town.water.pk, editor.pk])

    assert signed_in(town.auditor("portal")).post(address, {"act": "relieve"}).status_code == 404


def test_the_list_names_what_lies_below_with_the_number_of_auditors(town, django_assert_max_num_queries):
    town.auditor("school")
    client = signed_in(town.auditor("district"))
    client.get(reverse("audit:auditors"))

    with django_assert_max_num_queries(14):
        html = words(client.get(reverse("audit:auditors")))

    assert "示例小学" in html
    assert "审计员 1 名" in html
    assert "示例自来水公司" not in html
    assert "示例便民大厅" not in words(client.get(reverse("audit:auditors"), {"q": "小学"}))
