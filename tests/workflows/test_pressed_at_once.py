"""Two press at the same moment, through the admin's own addresses: one act, a sentence for the other, never a 500."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, WorkflowState

from accounts.models import HandedItem
from cms.people.handover.service import hand_over
from ledger.models import Event
from pages.models import DisclosurePage
from tests.factories import appoint, make_person
from tests.town import build_town
from workflows.bundles import submit_bundle
from workflows.models import Review, ScheduledPublication, ScheduleState, Withdrawal
from workflows.scheduling import publish_due

from .acts import draft, draft_service, editor_of, form_of, service_form_of, signed_in, submit, whole_form_of

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
]
ROUNDS = 3


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all of them at the same moment; return their answers. Whatever one raises is raised here."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            gate.wait(timeout=20)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def posting(user: Any, url: str, **data: Any) -> Callable[[], Any]:
    """Prepare a press of a button by somebody who has signed in."""
    client = signed_in(user)
    return lambda: client.post(url, data)


def codes(answers: list[Any]) -> set[int]:
    """Return the status codes."""
    return {answer.status_code for answer in answers}


def deciding(user: Any, state: Any, action: str = "approve") -> Callable[[], Any]:
    """Prepare a press on the approval screen."""
    reason = "other" if action == "reject" else ""
    url = reverse("approval:item", args=[state.pk])
    return posting(user, url, action=action, comment="请改" if reason else "", reason=reason)


def found(state: Any) -> WorkflowState:
    """Return the workflow as it is now."""
    return WorkflowState.objects.get(pk=state.workflow_state_id)


def is_whole(state: Any) -> bool:
    """Is a page public exactly where its workflow was approved, and nothing left over?"""
    workflow = found(state)
    open_tasks = workflow.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).count()
    page = Page.objects.get(pk=workflow.object_id)
    approved = workflow.status == WorkflowState.STATUS_APPROVED
    return page.live == approved and open_tasks == (workflow.status == WorkflowState.STATUS_IN_PROGRESS)


@pytest.mark.parametrize("kind", ["page", "service item"])
def test_a_draft_that_is_submitted_twice_at_once_is_submitted_once(kind: str) -> None:
    town = build_town()
    town.reviewer("water")
    author = town.editor("water")
    for number in range(ROUNDS):
        subject = draft(town, title=f"第{number}件") if kind == "page" else draft_service(town)
        form = whole_form_of(subject) if kind == "page" else service_form_of(subject) | {"action-submit": "1"}

        answers = at_once(*[posting(author, editor_of(subject), **form) for _tab in range(4)])

        assert codes(answers) <= {200, 302}
        assert WorkflowState.objects.for_instance(subject).count() == 1
        assert TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count() == number + 1
        late = [answer for answer in answers if answer.status_code == 200]
        assert len(late) == 3
        assert all("没有重复提交" in answer.content.decode() for answer in late)


def test_what_was_returned_is_resubmitted_once() -> None:
    town = build_town()
    author, reviewer = town.editor("water"), town.reviewer("water")
    state = submit(draft(town), author)
    page = Page.objects.get(pk=state.revision.object_id).specific
    assert deciding(reviewer, state, "reject")().status_code == 302
    form = whole_form_of(page)

    answers = at_once(*[posting(author, editor_of(page), **form) for _tab in range(4)])

    assert codes(answers) <= {200, 302}
    assert WorkflowState.objects.for_instance(page).count() == 1
    assert found(state).task_states.filter(status=TaskState.STATUS_IN_PROGRESS).count() == 1


def test_no_autosave_slips_in_behind_a_submission() -> None:
    town = build_town()
    town.reviewer("water")
    author = town.editor("water")
    for number in range(ROUNDS):
        page = draft(town, title=f"第{number}件")
        form = whole_form_of(page)
        saved = {**form, "title": "改"}
        saved.pop("action-submit")

        at_once(
            posting(author, editor_of(page), **form),
            posting(author, editor_of(page), **saved),
            posting(author, editor_of(page), **saved),
        )

        state = WorkflowState.objects.for_instance(page).get().current_task_state
        assert state.revision_id == Revision.objects.for_instance(page).order_by("-pk").values_list("pk", flat=True)[0]


@pytest.mark.parametrize("first", ["approve", "reject"])
def test_two_reviewers_decide_once(first: str) -> None:
    town = build_town()
    second = make_person("second")
    appoint(second, town.water, "reviewer")
    author = town.editor("water")
    for number in range(ROUNDS):
        state = submit(draft(town, entry="water_profile", title=f"第{number}件"), author)

        answers = at_once(deciding(town.reviewer("water"), state, first), deciding(second, state))

        assert codes(answers) <= {200, 302}
        assert is_whole(state)
        decided = Event.objects.filter(kind__in=["approval.approved", "approval.returned"])
        assert decided.count() == number + 1


@pytest.mark.parametrize("way", ["screen", "editor"])
def test_a_recall_and_an_approval_leave_one_outcome(way: str) -> None:
    town = build_town()
    author = town.editor("water")
    for number in range(ROUNDS):
        state = submit(draft(town, entry="water_profile", title=f"第{number}件"), author)
        page = Page.objects.get(pk=state.revision.object_id).specific
        if way == "screen":
            recall = posting(author, reverse("approval:recall", args=[state.workflow_state_id]))
        else:
            form = form_of(page, signed_in(author)) | {"action-cancel-workflow": "1"}
            recall = posting(author, editor_of(page), **form)

        answers = at_once(recall, deciding(town.reviewer("water"), state))

        assert codes(answers) <= {200, 302}
        assert is_whole(state)


def test_a_withdrawal_and_an_approval_of_its_new_version_leave_one_outcome() -> None:
    town = build_town()
    author, reviewer, superior = town.editor("water"), town.reviewer("water"), town.reviewer("water_office")
    town.reviewer("portal")
    for number in range(ROUNDS):
        page = draft(town, entry="water_profile", title=f"第{number}件")
        deciding(reviewer, submit(page, author))()
        page = DisclosurePage.objects.get(pk=page.pk)
        page.title = f"第{number}件（新）"
        page.save_revision(user=author)
        state = submit(page, author)
        address = reverse("withdrawal:withdraw", args=["wagtailcore", "page", page.pk])

        answers = at_once(posting(superior, address, kind="gone", reason="有误。"), deciding(reviewer, state))

        assert codes(answers) <= {200, 302}
        assert Withdrawal.objects.filter(object_id=page.pk).count() == 1
        assert not Page.objects.get(pk=page.pk).live
        assert found(state).status in (WorkflowState.STATUS_CANCELLED, WorkflowState.STATUS_APPROVED)


def test_two_withdrawals_or_a_restoration_and_an_approval_leave_one_outcome() -> None:
    town = build_town()
    author, reviewer, superior = town.editor("water"), town.reviewer("water"), town.reviewer("water_office")
    other = make_person("other")
    appoint(other, town.water_office, "reviewer")
    for number in range(ROUNDS):
        page = draft(town, entry="water_profile", title=f"第{number}件")
        deciding(reviewer, submit(page, author))()
        address = reverse("withdrawal:withdraw", args=["wagtailcore", "page", page.pk])
        plan = {"kind": "gone", "reason": "有误。"}
        twice = at_once(posting(superior, address, **plan), posting(other, address, **plan))
        review = Review.objects.get(object_id=page.pk)
        by = other if review.withdrawal.withdrawn_by == superior else superior
        page = DisclosurePage.objects.get(pk=page.pk)
        page.title = f"第{number}件（新）"
        page.save_revision(user=author)
        state = submit(page, author)
        back = posting(by, reverse("withdrawal:review", args=[review.pk]), action="restore", comment="无误")

        answers = at_once(back, deciding(reviewer, state))

        assert codes(twice) <= {200, 302, 422}
        assert Withdrawal.objects.filter(object_id=page.pk).count() == 1
        assert codes(answers) <= {200, 302}


def test_what_is_handed_over_while_it_is_decided_is_decided_once() -> None:
    town = build_town()
    author, reviewer = town.editor("water"), town.reviewer("water")
    taker = make_person("taker")
    states = [submit(draft(town, entry="water_profile", title=f"第{n}件"), author) for n in range(ROUNDS)]
    boss = town.administrator("water_office")
    give = partial(hand_over, giver=author, taker=taker, organisation=town.water, by=boss)

    at_once(give, *[deciding(reviewer, state) for state in states])

    assert {found(state).status for state in states} == {WorkflowState.STATUS_APPROVED}
    assert not HandedItem.objects.exclude(taker=taker).exists()


def test_a_reviewer_who_hands_over_while_he_decides_decides_or_not() -> None:
    town = build_town()
    author, reviewer = town.editor("water"), town.reviewer("water")
    taker = make_person("taker")
    states = [submit(draft(town, entry="water_profile", title=f"第{n}件"), author) for n in range(ROUNDS)]
    boss = town.administrator("water_office")
    give = partial(hand_over, giver=reviewer, taker=taker, organisation=town.water, by=boss)

    answers = at_once(*[deciding(reviewer, state) for state in states], give)

    assert codes(answers[:-1]) <= {302, 404}
    assert all(is_whole(state) for state in states)


def _bundled(town: Any, author: Any, drafts: list[Any]) -> Any:
    """Submit drafts as a bundle; return the refusal."""
    try:
        return submit_bundle(user=author, organisation=town.water, title="一批", reason="同时", subjects=drafts)
    except ValidationError as refusal:
        return refusal


def test_a_bundle_that_is_submitted_twice_or_with_one_of_its_drafts_is_submitted_once() -> None:
    town = build_town()
    author = town.editor("water")
    for _round in range(ROUNDS):
        drafts = [draft(town, title=f"第{letter}件") for letter in "甲乙"]
        form = whole_form_of(drafts[1])
        bundle = partial(_bundled, town, author, drafts)

        answers = at_once(bundle, bundle, posting(author, editor_of(drafts[1]), **form))

        refused = [answer for answer in answers[:2] if isinstance(answer, Exception)]
        assert codes(answers[2:]) <= {200, 302}
        assert len(refused) >= 1
        states = WorkflowState.objects.filter(object_id__in=[str(each.pk) for each in drafts])
        assert states.count() == len({state.object_id for state in states})


def test_what_waits_for_its_hour_is_revoked_or_published_once() -> None:
    town = build_town()
    author, reviewer = town.editor("water"), town.reviewer("water")
    at = timezone.now() + timedelta(days=1)
    for number in range(ROUNDS):
        page = draft(town, entry="water_profile", title=f"第{number}件", go_live_at=at)
        deciding(reviewer, submit(page, author))()
        schedule = ScheduledPublication.objects.get(object_id=page.pk)
        address = reverse("withdrawal:revoke", args=[schedule.pk])

        press = posting(reviewer, address, reason="有误。")
        with time_machine.travel(at + timedelta(minutes=1)):
            answers = at_once(press, publish_due)

        schedule.refresh_from_db()
        assert codes(answers[:1]) <= {302, 404}
        assert Page.objects.get(pk=page.pk).live == (schedule.state != ScheduleState.REVOKED)
