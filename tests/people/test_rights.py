"""权限一览: generated from what decides, and true."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Duty
from accounts.policies import PAGE_ACTIONS
from accounts.tiers import tier_of
from cms.people.reach import may_appoint_at
from cms.people.rights.table import acts, chains, rows_of
from tests.desk.test_menu import menu
from tests.factories import make_person
from tests.town import Town
from tests.workflows.acts import signed_in
from workflows.routes import candidates

RIGHTS = reverse("people:rights")
# The storeys of the town, as the two chains name them.
PLACES = (("portal", "water_office", "water"), ("portal", "district", "education_office", "school"))


def test_the_document_is_what_would_be_generated() -> None:
    call_command("write_permissions", "--check")


def test_every_action_of_the_policies_is_named() -> None:
    named = len(acts())

    assert named >= len(set().union(*PAGE_ACTIONS.values()))
    assert not next(act for act in acts() if "直接发布" in act.words).duties


@pytest.mark.parametrize("number", [0, 1])
def test_tiers_and_approvers_are_those_of_a_real_chain(town: Town, number: int) -> None:
    chain, places = chains()[number], PLACES[number]

    for row, name in zip(rows_of(chain), places, strict=True):
        place = getattr(town, name)
        assert row["storey"].tier == tier_of(place)
        approvers = [candidates(place.specific, tier)[0].specific.level for tier in (1, 2, 3)]
        assert [each.level for each in row["approvers"]] == approvers


@pytest.mark.parametrize("number", [0, 1])
def test_who_appoints_is_who_really_may(town: Town, number: int) -> None:
    chain, places = chains()[number], PLACES[number]

    for row, name in zip(rows_of(chain), places, strict=True):
        may = [other for other in places if may_appoint_at(town.administrator(other), getattr(town, name))]
        assert len(may) == len(row["appointed_by"])
        assert not any(may_appoint_at(town.editor(other), getattr(town, name)) for other in places)


@pytest.mark.parametrize("duty", Duty.values)
def test_everybody_finds_his_own_row(town: Town, duty: str) -> None:
    html = signed_in(getattr(town, duty)("school")).get(RIGHTS).content.decode()

    assert f"示例小学 · {Duty(duty).label}（普通管理员）" in html
    assert "本人所在级别" in html


def test_the_menu_shows_people_to_those_who_have_some(town: Town) -> None:
    assert menu(town.administrator("education_office"))["people"] == [
        "people-directory", "people-report", "people-forms", "people-issue", "people-leave", "people-rights",
    ]  # fmt: skip
    assert menu(town.editor("school"))["people"] == ["people-forms", "people-leave", "people-rights"]
    assert menu(town.reviewer("school"))["people"] == ["people-leave", "people-rights"]


def test_a_group_with_every_permission_opens_no_account(town: Town) -> None:
    person, victim = town.administrator("portal"), make_person("victim")
    group = Group.objects.create(name="all")
    group.permissions.set(Permission.objects.all())
    person.groups.add(group)
    browser = signed_in(person)

    for name, arguments in (("index", []), ("add", []), ("edit", [victim.pk]), ("delete", [victim.pk])):
        response = browser.get(reverse(f"wagtailusers_users:{name}", args=arguments))
        assert response.status_code == 302, name
    browser.post(reverse("wagtailusers_users:edit", args=[victim.pk]), {"username": "victim", "is_superuser": "on"})
    assert browser.get(reverse("wagtailusers_groups:index")).status_code == 302
    victim.refresh_from_db()
    assert not victim.is_superuser


def test_the_operator_sees_no_rights_to_pages_in_a_group(town: Town) -> None:
    operator: Any = make_person("operator", is_superuser=True)
    group = Group.objects.create(name="some")

    html = signed_in(operator).get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()

    assert "page_permissions" not in html
    assert "collection" not in html
    signed_in(operator).post(reverse("wagtailusers_groups:edit", args=[group.pk]), {"name": "renamed"})
    group.refresh_from_db()
    assert group.name == "renamed"
