"""An administrator above lets somebody in again; nobody else, and nobody by a detour."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Duty, User
from ledger.models import Event, Letter
from tests.factories import appoint, make_person
from tests.town import Town
from tests.workflows.acts import signed_in

from .acts import fail, knock
from .tokens import equip

pytestmark = pytest.mark.usefixtures("lockout")


def screen(person: User) -> str:
    return reverse("sign_in:assist", args=[person.pk])


def help_in(helper: User, person: User, **data: Any) -> Any:
    return signed_in(helper).post(screen(person), data, follow=True)


def test_an_administrator_above_releases_a_lock(town: Town) -> None:
    clerk, helper = town.editor("school"), town.administrator("education_office")
    fail(Client(), clerk.username, 5)
    assert "已锁定" in signed_in(helper).get(screen(clerk)).content.decode()

    help_in(helper, clerk, act="release")

    assert knock(Client(), clerk.username, clerk.username).status_code == 302
    assert Event.objects.get(kind="sign_in.released").actor == helper


def test_an_administrator_above_resets_the_factor_after_asking_and_the_person_is_told(town: Town) -> None:
    clerk, helper = town.editor("school"), town.administrator("education_office")
    equip(clerk)

    unsure = help_in(helper, clerk, act="reset")
    assert "请先核实" in unsure.content.decode()
    help_in(helper, clerk, act="reset", sure="1")

    clerk.refresh_from_db()
    assert clerk.second_factor_since is None
    assert Event.objects.get(kind="sign_in.second_factor_reset").actor == helper
    assert Letter.objects.get(recipient=clerk).subject == "您的两步验证已被重置"


@pytest.mark.parametrize("place", ["school", "street", "hall", "water_office"])
def test_nobody_beside_or_below_helps(town: Town, place: str) -> None:
    clerk = town.editor("school")
    equip(clerk)

    help_in(town.administrator(place), clerk, act="reset", sure="1")

    clerk.refresh_from_db()
    assert clerk.second_factor_since


def test_who_is_appointed_from_above_to_a_unit_is_not_helped_from_there(town: Town) -> None:
    reviewer, helper = town.reviewer("portal"), town.administrator("education_office")
    equip(reviewer)
    appoint(reviewer, town.school, Duty.REVIEWER)

    help_in(helper, reviewer, act="reset", sure="1")

    reviewer.refresh_from_db()
    assert reviewer.second_factor_since


def test_the_operator_helps_all_but_himself_and_nobody_helps_the_operator(town: Town) -> None:
    operator, other = make_person("root", is_superuser=True), make_person("second", is_superuser=True)
    appoint(other, town.school, Duty.REVIEWER)

    assert signed_in(operator).get(screen(town.reviewer("portal"))).status_code == 200
    assert signed_in(operator).get(screen(operator)).status_code == 302
    assert signed_in(town.administrator("education_office")).get(screen(other)).status_code == 302


def test_somebody_without_any_place_is_the_operators_matter(town: Town) -> None:
    stranger = make_person("stranger")

    assert signed_in(town.administrator("portal")).get(screen(stranger)).status_code == 302


def test_the_list_of_people_leads_there(town: Town) -> None:
    clerk = town.editor("school")
    people = reverse("people:people", args=[town.school.pk])

    assert screen(clerk) in signed_in(town.administrator("education_office")).get(people).content.decode()
