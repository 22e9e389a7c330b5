"""Letters to those who must act now; what is decided waits for nobody; no mail server costs an approval anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from wagtail.models import TaskState

from accounts.models import Duty
from ledger.models import Delivery, Letter, MailPreference
from tests.factories import appoint, make_person
from tests.ledger.smtp import mail_server
from tests.town import Town
from workflows.decisions import recall

from .acts import decide, draft, submit, submitted

Commit = Callable[..., Any]


def addressees() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_reviewers_of_the_approving_organisation_are_told(
    town: Town, django_capture_on_commit_callbacks: Commit
) -> None:
    town.reviewer("water")
    town.reviewer("water_office")

    with django_capture_on_commit_callbacks(execute=True):
        state = submitted(town)

    (message,) = mail.outbox
    assert message.to == ["water-reviewer@example.org"]
    assert "待初审：示例水价" in message.subject
    assert f"/admin/approval/{state.pk}/" in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_nothing_is_sent_before_the_commit(town: Town, django_capture_on_commit_callbacks: Commit) -> None:
    town.reviewer("water")

    with django_capture_on_commit_callbacks(execute=False):
        submitted(town)

    assert mail.outbox == []


def test_an_author_who_also_reviews_is_not_told_of_what_he_may_not_decide(
    town: Town, django_capture_on_commit_callbacks: Commit
) -> None:
    town.reviewer("water")
    appoint(town.editor("water"), town.water, Duty.REVIEWER)

    with django_capture_on_commit_callbacks(execute=True):
        submitted(town)

    assert addressees() == ["water-reviewer@example.org"]


def test_an_approval_tells_the_next_tier_only(town: Town, django_capture_on_commit_callbacks: Commit) -> None:
    own = town.reviewer("water")
    town.reviewer("water_office")
    state = submitted(town)

    with django_capture_on_commit_callbacks(execute=True):
        decide(own, state)

    assert addressees() == ["water_office-reviewer@example.org"]


def test_the_submitter_reads_why_it_came_back(town: Town, django_capture_on_commit_callbacks: Commit) -> None:
    reviewer = town.reviewer("water")
    state = submitted(town)

    with django_capture_on_commit_callbacks(execute=True):
        decide(reviewer, state, "reject", "缺依据文件号 & <表>")

    (message,) = mail.outbox
    assert message.to == ["water-editor@example.org"]
    assert "缺依据文件号 & <表>" in message.body
    assert f"/admin/pages/{state.revision.object_id}/edit/" in message.body


def test_the_submitter_hears_that_it_is_out(town: Town, django_capture_on_commit_callbacks: Commit) -> None:
    reviewer = town.reviewer("water")
    state = submitted(town, entry="water_profile")

    with django_capture_on_commit_callbacks(execute=True):
        decide(reviewer, state)

    assert [message.subject for message in mail.outbox] == ["[办事公开] 已公开：示例水价"]
    assert addressees() == ["water-editor@example.org"]


def test_who_wants_no_mail_finds_it_in_the_inbox(town: Town, django_capture_on_commit_callbacks: Commit) -> None:
    reviewer = town.reviewer("water")
    MailPreference.objects.create(user=reviewer, delivery=Delivery.INBOX)

    with django_capture_on_commit_callbacks(execute=True):
        submitted(town)

    assert mail.outbox == []
    assert Letter.objects.inbox_of(reviewer).to_act().count() == 1


def test_people_without_address_do_not_stop_the_others(town: Town, django_capture_on_commit_callbacks: Commit) -> None:
    town.reviewer("water")
    silent = make_person("silent")
    silent.email = ""
    silent.save()
    appoint(silent, town.water, Duty.REVIEWER)

    with django_capture_on_commit_callbacks(execute=True):
        submitted(town)

    assert addressees() == ["water-reviewer@example.org"]


@pytest.mark.parametrize("manner", ["refuses", "hangs", "hangs up"])
def test_no_mail_server_breaks_or_delays_an_approval(
    town: Town, manner: str, django_capture_on_commit_callbacks: Commit
) -> None:
    reviewer = town.reviewer("water")
    page = draft(town, entry="water_profile")

    with mail_server(manner) as server:
        # In the suite the task runs at the commit; a worker runs it elsewhere, and nobody waits even for this.
        with django_capture_on_commit_callbacks(execute=True):
            state = submit(page, town.editor("water"))
            assert server.connections == 0
        with django_capture_on_commit_callbacks(execute=True):
            decide(reviewer, state)

    page.refresh_from_db()
    assert page.live
    assert {letter.kind for letter in Letter.objects.all()} == {"approval.submitted", "approval.published"}


def test_what_a_colleague_has_decided_waits_for_nobody(town: Town) -> None:
    reviewer, colleague = town.reviewer("water"), make_person("colleague")
    appoint(colleague, town.water, Duty.REVIEWER)
    state = submitted(town)
    assert Letter.objects.inbox_of(reviewer).to_act().count() == 1

    decide(colleague, state)

    letter = Letter.objects.inbox_of(reviewer).get()
    assert letter.settled_by == colleague
    assert not Letter.objects.inbox_of(reviewer).unread().exists()


def test_what_was_taken_back_waits_for_nobody(town: Town) -> None:
    reviewer = town.reviewer("water")
    state = submitted(town)

    recall(workflow_state_id=state.workflow_state_id, user=town.editor("water"))

    assert not Letter.objects.inbox_of(reviewer).to_act().exists()


def test_a_return_reaches_those_who_had_approved_as_information(town: Town) -> None:
    own, above = town.reviewer("water"), town.reviewer("water_office")
    state = submitted(town)
    decide(own, state)
    second = state.workflow_state.task_states.get(status=TaskState.STATUS_IN_PROGRESS).specific

    decide(above, second, "reject", "请补文号")

    told = Letter.objects.filter(kind="approval.returned")
    assert {letter.recipient for letter in told} == {own, town.editor("water")}
    assert not told.filter(must_act=True).exists()
    assert not Letter.objects.filter(recipient=above, kind="approval.returned").exists()


def test_who_is_suspended_is_not_called(town: Town) -> None:
    reviewer, colleague = town.reviewer("water"), make_person("colleague")
    appoint(colleague, town.water, Duty.REVIEWER)
    colleague.appointments.update(is_suspended=True)

    submitted(town)

    assert {letter.recipient for letter in Letter.objects.filter(must_act=True)} == {reviewer}
