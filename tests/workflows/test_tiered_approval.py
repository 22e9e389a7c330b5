"""From draft to public: tier by tier, along both chains."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Duty
from pages.models import DisclosurePage, PublicationRecord
from tests.factories import appoint, make_page, make_person
from tests.town import Town
from workflows.models import TieredTaskState


def draft(town: Town, place: str, entry: str, **fields: Any) -> DisclosurePage:
    """Save a draft as the place's editor would."""
    author = town.editor(place)
    page: DisclosurePage = make_page(
        DisclosurePage,
        getattr(town, place),
        live=False,
        owner=author,
        entry=town.entries[entry],
        title="示例信息",
        body=[("text", "<p>示例正文。</p>")],
        **fields,
    )
    page.save_revision(user=author)
    return page


def submit(page: Any, user: Any) -> Any:
    """Submit as the page's editor does."""
    return page.submit_for_approval(user)


def decide(user: Any, page: Any, action: str, comment: str = "") -> Any:
    """Post the decision as the approval screen does."""
    client = Client()
    client.force_login(user)
    state = page.current_workflow_task_state
    reason = "incomplete" if action == "reject" else ""
    url = reverse("approval:item", args=[state.pk])
    return client.post(url, {"action": action, "comment": comment, "reason": reason})


def waiting_for(page: Any) -> Any:
    """Return the title of the organisation the page waits for."""
    state = page.current_workflow_task_state
    return state.approver.title if state else None


def test_a_unit_under_a_city_department_goes_through_two_tiers(town: Town) -> None:
    reviewer, superior = town.reviewer("water"), town.reviewer("water_office")
    page = draft(town, "water", "water_price")

    submit(page, town.editor("water"))
    assert waiting_for(page) == "示例自来水公司"
    decide(reviewer, page, "approve")
    assert waiting_for(page) == "市水务局"
    decide(superior, page, "approve")

    page.refresh_from_db()
    assert page.live
    assert PublicationRecord.objects.get(page=page).index_number.endswith("/2026-00001")


def test_a_unit_in_four_storeys_ends_with_its_district_government(town: Town) -> None:
    people = [town.reviewer(place) for place in ("school", "education_office", "district")]
    page = draft(town, "school", "school_admission")
    waited = []

    submit(page, town.editor("school"))
    for person in people:
        waited.append(waiting_for(page))
        decide(person, page, "approve")

    page.refresh_from_db()
    assert waited == ["示例小学", "示例区教育局", "示例区"]
    assert page.live


def test_a_tier_without_reviewer_climbs_and_the_next_is_skipped(town: Town) -> None:
    superior = town.reviewer("water_office")
    page = draft(town, "water", "water_price")

    submit(page, town.editor("water"))
    decide(superior, page, "approve")

    page.refresh_from_db()
    states = TieredTaskState.objects.filter(workflow_state__object_id=str(page.pk)).order_by("pk")
    assert page.live
    assert [state.status for state in states] == ["approved", "skipped"]
    assert "已审核" in states[1].note


def test_without_any_reviewer_a_draft_waits_at_the_portal(town: Town) -> None:
    page = draft(town, "water", "water_profile")

    submit(page, town.editor("water"))

    assert waiting_for(page) == town.portal.title
    assert not page.live


def test_the_author_never_approves_himself(town: Town) -> None:
    author = town.editor("water")
    appoint(author, town.water, Duty.REVIEWER)
    page = draft(town, "water", "water_profile")

    submit(page, author)
    decide(author, page, "approve")

    page.refresh_from_db()
    assert not page.live


def test_a_superuser_without_appointment_cannot_approve(town: Town) -> None:
    town.reviewer("water")
    boss = make_person("boss", is_superuser=True)
    page = draft(town, "water", "water_profile")

    submit(page, town.editor("water"))
    decide(boss, page, "approve")

    page.refresh_from_db()
    assert not page.live


def test_a_reviewer_beside_cannot_approve(town: Town) -> None:
    town.reviewer("water")
    beside = town.reviewer("education_office")
    page = draft(town, "water", "water_profile")

    submit(page, town.editor("water"))
    decide(beside, page, "approve")

    page.refresh_from_db()
    assert not page.live


def test_in_review_the_text_is_locked_for_everybody(town: Town) -> None:
    reviewer = town.reviewer("water")
    page = draft(town, "water", "water_profile")

    submit(page, town.editor("water"))

    task = page.current_workflow_task
    assert task.locked_for_user(page, reviewer)
    assert task.locked_for_user(page, town.editor("water"))


def test_a_returned_draft_goes_back_to_its_author(town: Town) -> None:
    reviewer = town.reviewer("water")
    page = draft(town, "water", "water_profile")

    submit(page, town.editor("water"))
    decide(reviewer, page, "reject", "请补充联系电话")

    page.refresh_from_db()
    assert page.current_workflow_state.status == "needs_changes"
    assert page.current_workflow_state.current_task_state.comment == "请补充联系电话"


def test_what_is_due_at_once_is_published_by_the_first_tier(town: Town) -> None:
    reviewer = town.reviewer("water")
    town.reviewer("water_office")
    page = draft(town, "water", "water_outage")

    submit(page, town.editor("water"))
    decide(reviewer, page, "approve")

    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize("duty", list(Duty))
def test_no_duty_holds_publish(town: Town, duty: str) -> None:
    person = make_person("somebody")
    appoint(person, town.portal, duty)

    tester = town.water.permissions_for_user(person)

    assert not tester.can_publish()
    assert not tester.can_unpublish()
