"""Wagtail's reports name nobody whose acts the viewer does not see, not even in a filter."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.log_actions import log

from tests.town import Town
from tests.workflows.acts import draft, signed_in, submitted


def acted(town: Town) -> None:
    """Let the water editor and the school's editor each submit something; their reviewers lock a page."""
    for place, entry in (("water", "water_price"), ("school", "school_admission")):
        state = submitted(town, place, entry)
        log(state.workflow_state.content_object, "wagtail.edit", user=town.editor(place))
        locked = draft(town, place, entry, title="锁定", locked=True, locked_by=town.reviewer(place))
        log(locked, "wagtail.lock", user=town.reviewer(place))


def offered(user: Any, report: str, choice: str) -> list[str]:
    """Return the names a filter of the report offers to the person."""
    response = signed_in(user).get(reverse(f"wagtailadmin_reports:{report}"))
    field = response.context["filters"].form.fields[choice]
    return [person.username for person in field.queryset]


@pytest.mark.parametrize(
    ("report", "choice", "named"),
    [
        ("site_history", "user", ["water-editor", "water-reviewer"]),
        ("workflow", "requested_by", ["water-editor"]),
        ("locked_pages", "locked_by", ["water-reviewer"]),
    ],
)
def test_a_report_offers_the_people_it_shows(town: Town, report: str, choice: str, named: list[str]) -> None:
    acted(town)

    seen = offered(town.reviewer("water"), report, choice)

    assert seen == named


@pytest.mark.parametrize(
    ("report", "choice"), [("site_history", "user"), ("workflow", "requested_by"), ("locked_pages", "locked_by")]
)
def test_who_stands_above_both_is_offered_both(town: Town, report: str, choice: str) -> None:
    acted(town)

    seen = offered(town.reviewer("portal"), report, choice)

    assert {name.split("-")[0] for name in seen} >= {"water", "school"}


def test_another_units_person_cannot_be_asked_for_by_number(town: Town) -> None:
    acted(town)
    stranger = town.editor("school")

    response = signed_in(town.reviewer("water")).get(
        reverse("wagtailadmin_reports:site_history"), {"user": stranger.pk}
    )

    assert "user" in response.context["filters"].form.errors
    assert stranger.username not in response.content.decode()
