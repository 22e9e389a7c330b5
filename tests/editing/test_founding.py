"""Found a unit in one step."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Appointment, User
from industries.education.models import SchoolPage
from pages.models import DisclosurePage, OrganisationPage, RosterState
from tests.town import Town


def found(town: Town, user: Any, **values: Any) -> Any:
    """Post the form under the education office."""
    client = Client()
    client.force_login(user)
    data = {
        "title": "示例新小学",
        "industry": town.industries["primary"].pk,
        "editor": "newclerk 示例",
        "reviewer": "newhead",
        **values,
    }
    return client.post(reverse("editing:found", args=[town.education_office.pk]), data)


def test_one_step_makes_page_people_and_first_drafts(town: Town) -> None:
    administrator = town.administrator("education_office")
    town.reviewer("education_office")

    response = found(town, administrator)

    unit = SchoolPage.objects.get(title="示例新小学")
    assert response.status_code == 200
    assert not unit.live
    assert unit.current_workflow_state.status == "in_progress"
    assert unit.roster.state == RosterState.PROPOSED
    assert set(Appointment.objects.filter(organisation=unit.pk).values_list("user__username", "duty")) == {
        ("newclerk", "editor"),
        ("newhead", "reviewer"),
    }
    assert [page.entry.code for page in DisclosurePage.objects.child_of(unit)] == ["C01"]


@pytest.mark.parametrize(("tool", "title"), [("found", "新设单位"), ("import", "从表格导入")])
def test_a_tool_says_what_it_is_and_leads_back_to_the_organisation(town: Town, tool: str, title: str) -> None:
    client = Client()
    client.force_login(town.administrator("education_office"))

    response = client.get(reverse(f"editing:{tool}", args=[town.education_office.pk]))

    labels = [str(item["label"]) for item in response.context["breadcrumbs_items"]]
    assert labels[-2:] == ["示例区教育局", f"{title} · 示例区教育局"]


def test_the_first_password_is_shown_once_and_works(town: Town) -> None:
    response = found(town, town.administrator("education_office"))

    clerk = User.objects.get(username="newclerk")
    shown = [word for word in response.context["founded"].passwords.values() if clerk.check_password(word)]
    assert len(shown) == 1
    assert shown[0] in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_an_existing_account_keeps_its_password(town: Town) -> None:
    clerk = town.editor("school")

    response = found(town, town.administrator("education_office"), editor=clerk.username, reviewer="")

    assert clerk.username not in response.context["founded"].passwords
    assert Appointment.objects.filter(user=clerk).count() == 2


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": ""}, "title"),
        ({"credit_code": "91210200X"}, "18"),
        ({"editor": "a/b"}, "用户名只能用"),
        ({"reviewer": "newclerk"}, "不能与编辑员是同一人"),
    ],
)
def test_bad_input_is_named_and_nothing_is_half_made(town: Town, values: Any, sentence: str) -> None:
    before = OrganisationPage.objects.count(), User.objects.count()
    administrator = town.administrator("education_office")

    response = found(town, administrator, **values)

    assert sentence in str(response.context["form"].errors)
    assert (OrganisationPage.objects.count(), User.objects.count()) == (before[0], before[1] + 1)


@pytest.mark.parametrize("person", ["editor:education_office", "administrator:street", "administrator:school"])
def test_only_an_administrator_of_the_department_or_above_founds(town: Town, person: str) -> None:
    duty, place = person.split(":")

    response = found(town, getattr(town, duty)(place))

    assert response.status_code in {302, 403}
    assert not OrganisationPage.objects.filter(title="示例新小学").exists()
