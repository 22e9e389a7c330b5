"""Mail to those who must act now, after the commit, and never at the cost of an approval."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings
from wagtail.users.models import UserProfile

from accounts.models import Duty
from tests.factories import appoint, make_person
from tests.town import Town

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


def test_who_wants_no_mail_gets_none(town: Town, django_capture_on_commit_callbacks: Commit) -> None:
    UserProfile.objects.create(user=town.reviewer("water"), submitted_notifications=False)

    with django_capture_on_commit_callbacks(execute=True):
        submitted(town)

    assert mail.outbox == []


def test_people_without_address_do_not_stop_the_others(town: Town, django_capture_on_commit_callbacks: Commit) -> None:
    town.reviewer("water")
    silent = make_person("silent")
    silent.email = ""
    silent.save()
    appoint(silent, town.water, Duty.REVIEWER)

    with django_capture_on_commit_callbacks(execute=True):
        submitted(town)

    assert addressees() == ["water-reviewer@example.org"]


@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1)
def test_a_dead_mail_server_breaks_no_approval(
    town: Town, django_capture_on_commit_callbacks: Commit, caplog: pytest.LogCaptureFixture
) -> None:
    reviewer = town.reviewer("water")
    page = draft(town, entry="water_profile")

    with django_capture_on_commit_callbacks(execute=True):
        decide(reviewer, submit(page, town.editor("water")))

    page.refresh_from_db()
    assert page.live
    assert "was not sent" in caplog.text
