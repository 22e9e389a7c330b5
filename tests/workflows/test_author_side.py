"""What the author sees of a review, and taking back."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.town import Town

from .acts import decide, draft, draft_service, editor_of, signed_in, submit, submitted, told, words


def recall_of(state: Any) -> str:
    return reverse("approval:recall", args=[state.workflow_state_id])


@pytest.fixture(params=["page", "service item"])
def subject(request: pytest.FixtureRequest, town: Town) -> Any:
    """Give a draft of either kind."""
    town.reviewer("water")
    return draft(town) if request.param == "page" else draft_service(town)


def test_in_review_the_editor_says_where_it_is_stuck_with_whom_and_since_when(town: Town, subject: Any) -> None:
    author = town.editor("water")
    state = submit(subject, author)

    page = words(signed_in(author).get(editor_of(subject)))

    for shown in ("示例自来水公司", str(town.reviewer("water")), "审核期间任何人都不能修改", recall_of(state)):
        assert shown in page


def test_in_review_nobody_saves_a_change(town: Town, subject: Any) -> None:
    author = town.editor("water")
    submit(subject, author)
    title = subject.title

    signed_in(author).post(editor_of(subject), {"title": "改了", "body-count": "0"})

    assert type(subject).objects.get(pk=subject.pk).get_latest_revision_as_object().title == title


def test_an_approver_is_led_from_the_editor_to_the_approval_screen(town: Town) -> None:
    reviewer = town.reviewer("water")
    state = submitted(town)

    page = words(signed_in(reviewer).get(reverse("wagtailadmin_pages:edit", args=[state.revision.object_id])))

    assert reverse("approval:item", args=[state.pk]) in page
    assert recall_of(state) not in page


def test_where_nobody_reviews_the_editor_says_so(town: Town) -> None:
    author = town.editor("water")
    page = draft(town)
    submit(page, author)

    assert "该单位尚未任命审核员" in words(signed_in(author).get(editor_of(page)))


def test_the_submitter_takes_back_and_goes_on_writing(town: Town, subject: Any) -> None:
    author = town.editor("water")
    state = submit(subject, author)
    client = signed_in(author)

    asked, done = client.get(recall_of(state)), client.post(recall_of(state))

    subject = type(subject).objects.get(pk=subject.pk)
    assert asked.status_code == 200
    assert done.url == editor_of(subject)
    assert not subject.workflow_in_progress
    assert recall_of(state) not in words(client.get(editor_of(subject)))


def test_only_the_submitter_takes_back(town: Town) -> None:
    state = submitted(town)
    others = [town.reviewer("water"), town.administrator("water"), town.editor("school")]

    for person in others:
        assert signed_in(person).post(recall_of(state)).status_code == 404

    state.refresh_from_db()
    assert state.status == "in_progress"


def test_what_is_decided_cannot_be_taken_back(town: Town) -> None:
    reviewer, author = town.reviewer("water"), town.editor("water")
    state = submitted(town, entry="water_profile")
    decide(reviewer, state)

    response = signed_in(author).post(recall_of(state))

    assert "不能撤回" in told(response)[0]
    assert state.workflow_state.content_object.live


def test_after_a_return_the_editor_shows_the_reason(town: Town, subject: Any) -> None:
    reviewer, author = town.reviewer("water"), town.editor("water")

    decide(reviewer, submit(subject, author), "reject", "缺依据文件号")

    page = words(signed_in(author).get(editor_of(subject)))
    assert "已退回修改" in page
    assert "缺依据文件号" in page


def test_the_buttons_offer_neither_publishing_nor_restarting(town: Town, subject: Any) -> None:
    author = town.editor("water")

    page = words(signed_in(author).get(editor_of(subject)))

    assert 'name="action-submit"' in page
    for name in ("action-publish", "action-unpublish", "action-restart-workflow", "action-cancel-workflow"):
        assert name not in page
