"""What comes again unchanged keeps its approvals; what changed begins again."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import TaskState, WorkflowState

from ledger.models import Event, Letter
from tests.factories import appoint, make_person
from tests.town import Town
from workflows.decisions import recall
from workflows.models import Fingerprint, TieredTaskState

from .acts import decide, draft, draft_service, submit

pytestmark = pytest.mark.usefixtures("clock")


def people(town: Town) -> tuple[Any, Any, Any]:
    """Return the editor and the reviewers of both tiers."""
    return town.editor("water"), town.reviewer("water"), town.reviewer("water_office")


def returned_by_second_tier(town: Town, subject: Any) -> None:
    """Approve at the first tier, return at the second."""
    author, first, second = people(town)
    decide(first, submit(subject, author))
    decide(second, waiting(subject), "reject", "请补充依据")


def waiting(subject: Any) -> TieredTaskState:
    """Return the state a subject waits in now."""
    fresh = type(subject).objects.get(pk=subject.pk)
    state: TieredTaskState = fresh.current_workflow_state.current_task_state.specific
    return state


def resubmit(subject: Any, user: Any) -> TieredTaskState:
    """Submit again as the editor's button does."""
    fresh = type(subject).objects.get(pk=subject.pk)
    fresh.current_workflow_state.resume(user)
    return waiting(subject)


def notes(subject: Any) -> list[str]:
    """Return the notes of the skipped tiers."""
    states = TieredTaskState.objects.filter(status=TaskState.STATUS_SKIPPED, workflow_state__object_id=str(subject.pk))
    return list(states.order_by("pk").values_list("note", flat=True))


@pytest.mark.parametrize("make", [draft, draft_service])
def test_after_a_return_an_unchanged_text_goes_straight_to_the_tier_that_returned_it(town: Town, make: Any) -> None:
    subject = make(town)
    returned_by_second_tier(town, subject)

    state = resubmit(subject, town.editor("water"))

    assert state.approver.title == "市水务局"
    assert state.note == "初审意见沿用：内容未变。"


def test_saving_again_without_a_change_keeps_the_approval(town: Town) -> None:
    page = draft(town)
    returned_by_second_tier(town, page)
    again = page.get_latest_revision_as_object()
    again.save_revision(user=town.editor("water"))

    state = resubmit(page, town.editor("water"))

    assert state.approver.title == "市水务局"
    assert "初审意见沿用：内容未变" in notes(page)[0]


def test_a_changed_text_begins_at_the_first_tier(town: Town) -> None:
    page = draft(town)
    returned_by_second_tier(town, page)
    changed = page.get_latest_revision_as_object()
    changed.title = "改过的水价"
    changed.save_revision(user=town.editor("water"))

    state = resubmit(page, town.editor("water"))

    assert state.approver.title == "示例自来水公司"


def test_what_is_recalled_and_submitted_again_unchanged_keeps_its_approval(town: Town) -> None:
    author, first, _second = people(town)
    page = draft(town)
    decide(first, submit(page, author))
    recall(workflow_state_id=waiting(page).workflow_state_id, user=author)

    fresh = type(page).objects.get(pk=page.pk)
    state = submit(fresh, author)

    assert state.approver.title == "市水务局"


def test_an_approval_is_used_up_by_the_publication(town: Town) -> None:
    author, first, second = people(town)
    page = draft(town)
    decide(first, submit(page, author))
    decide(second, waiting(page))
    fresh = type(page).objects.get(pk=page.pk)
    fresh.save_revision(user=author)

    state = submit(type(page).objects.get(pk=page.pk), author)

    assert state.approver.title == "示例自来水公司"


def test_the_approval_of_somebody_who_edits_afterwards_is_not_kept(town: Town) -> None:
    page = draft(town)
    returned_by_second_tier(town, page)
    first = town.reviewer("water")
    original = page.get_latest_revision_as_object()
    changed = page.get_latest_revision_as_object()
    changed.title = "改过"
    changed.save_revision(user=first)
    original.save_revision(user=first)

    state = resubmit(page, town.editor("water"))

    # The unit's only reviewer wrote on it: its superior decides, once for both tiers.
    assert state.task.specific.tier == 1
    assert state.approver.title == "市水务局"


def test_comments_alone_make_nobody_an_author(town: Town) -> None:
    author, first, _second = people(town)
    page = draft(town)
    page.get_latest_revision_as_object().save_revision(user=first)

    state = submit(page, author)

    assert state.approver.title == "示例自来水公司"
    assert not Fingerprint.objects.get(revision=page.get_latest_revision()).is_edit


def test_an_entry_changed_after_a_return_brings_its_own_tiers(town: Town) -> None:
    author = town.editor("water")
    page = draft(town, entry="water_profile")
    decide(town.reviewer("water"), submit(page, author), "reject", "选错了事项")
    changed = page.get_latest_revision_as_object()
    changed.entry = town.entries["water_price"]
    changed.save_revision(user=author)

    decide(town.reviewer("water"), resubmit(page, author))

    page.refresh_from_db()
    assert not page.live
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


def test_tiers_added_during_review_are_asked_too(town: Town) -> None:
    author, first, _second = people(town)
    page = draft(town, entry="water_profile")
    state = submit(page, author)
    entry = town.entries["water_profile"]
    entry.approval_tiers = 2
    entry.save()

    decide(first, state)

    page.refresh_from_db()
    assert not page.live
    assert waiting(page).approver.title == "市水务局"


def test_a_return_reaches_the_earlier_approvers_with_its_reason(town: Town) -> None:
    page = draft(town)

    returned_by_second_tier(town, page)

    letter = Letter.objects.get(recipient=town.reviewer("water"), kind="approval.returned")
    assert "其他：请补充依据" in letter.body
    event = Event.objects.get(kind="approval.returned")
    assert event.data["reason"] == "other"
    assert event.actor_id == town.reviewer("water_office").pk


def test_the_same_office_decides_two_tiers_once_and_never_none(town: Town) -> None:
    author, second = town.editor("water"), town.reviewer("water_office")
    page = draft(town)
    decide(second, submit(page, author))

    page.refresh_from_db()
    assert page.live
    assert "已审核" in notes(page)[0]


def test_a_text_returned_at_the_top_is_never_published_by_submitting_it_again(town: Town) -> None:
    author, first, second = people(town)
    portal = make_person("portal-reviewer")
    appoint(portal, town.portal, "reviewer")
    entry = town.entries["water_price"]
    entry.approval_tiers = 3
    entry.save()
    page = draft(town)
    decide(first, submit(page, author))
    decide(second, waiting(page))
    decide(portal, waiting(page), "reject", "不宜公开")
    entry.approval_tiers = 2
    entry.save()

    state = resubmit(page, author)

    page.refresh_from_db()
    assert not page.live
    assert state.approver.pk == town.portal.pk
