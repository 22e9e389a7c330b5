"""Whoever brings a text to its reviewers decides on it as little as who wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import Page

from cms.editing.importing import import_rows
from cms.spreadsheets import SheetRow
from media.models import Document
from pages.models import DisclosurePage
from tests.factories import appoint, make_person
from tests.town import Town
from workflows.decisions import recall
from workflows.models import TieredTaskState
from workflows.queue import waiting_for

from .acts import (
    decide,
    draft,
    draft_service,
    editor_of,
    form_of,
    signed_in,
    submit,
    told,
    whole_form_of,
)

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def both(town: Town) -> User:
    """Give somebody who writes and reviews for the company; another reviewer is there besides."""
    person = make_person("both")
    for duty in ("editor", "reviewer"):
        appoint(person, town.water, duty)
    town.reviewer("water")
    return person


def waiting(subject: Any) -> TieredTaskState:
    """Return the state a subject waits in now."""
    fresh = type(subject).objects.get(pk=subject.pk)
    state: TieredTaskState = fresh.current_workflow_task_state
    return state


def is_refused(person: Any, state: TieredTaskState) -> bool:
    """Is a press refused, and the item missing in the person's queue?"""
    assert state.pk not in waiting_for(person).values_list("pk", flat=True)
    answer = decide(person, state)
    assert TieredTaskState.objects.get(pk=state.pk).status == "in_progress"
    return "须由他人审核" in "".join(told(answer))


@pytest.mark.parametrize("kind", ["page", "service item"])
def test_who_resubmits_what_another_wrote_does_not_decide(town: Town, both: User, kind: str) -> None:
    author, reviewer = town.editor("water"), town.reviewer("water")
    subject = draft(town) if kind == "page" else draft_service(town)
    decide(reviewer, submit(subject, author), "reject", "请改")
    # The same text, submitted once more.
    type(subject).objects.get(pk=subject.pk).current_workflow_state.resume(both)

    assert is_refused(both, waiting(subject))


def test_who_presses_submit_in_the_editor_does_not_decide(town: Town, both: User) -> None:
    page = draft(town)

    answer = signed_in(both).post(editor_of(page), whole_form_of(page))

    assert answer.status_code == 302
    assert is_refused(both, waiting(page))


def test_who_submitted_at_an_earlier_attempt_does_not_decide(town: Town, both: User) -> None:
    page = draft(town)
    state = submit(page, both)
    recall(workflow_state_id=state.workflow_state_id, user=both)

    again = submit(DisclosurePage.objects.get(pk=page.pk), town.editor("water"))

    assert is_refused(both, again)


def test_once_it_is_public_they_decide_on_the_next_version(town: Town, both: User) -> None:
    page = draft(town, entry="water_profile")
    decide(town.reviewer("water"), submit(page, both))
    page = DisclosurePage.objects.get(pk=page.pk)
    page.title = "新版"
    page.save_revision(user=town.editor("water"))

    decide(both, submit(page, town.editor("water")))

    page.refresh_from_db()
    assert page.title == "新版"


def test_who_uploaded_a_file_of_the_draft_does_not_decide(town: Town, both: User) -> None:
    file = Document.objects.create(
        title="价目表",
        file=ContentFile("价目".encode(), "a.txt"),
        owner_organisation_id=town.water.pk,
        uploaded_by_user=both,
    )
    page = draft(town, entry="water_profile")
    page.attachments.create(document=file, title="价目表")
    page.save_revision(user=town.editor("water"))
    state = submit(page, town.editor("water"))

    assert is_refused(both, state)
    decide(town.reviewer("water"), state)
    page = DisclosurePage.objects.get(pk=page.pk)
    page.title = "只改了标题"
    page.save_revision(user=town.editor("water"))

    # The file is public by now; he had no part in the new version.
    assert waiting_for(both).filter(pk=submit(page, town.editor("water")).pk).exists()


def test_who_copied_a_page_does_not_decide_on_the_copy(town: Town, both: User) -> None:
    page = draft(town)
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])

    signed_in(both).post(
        address, {"new_title": page.title, "new_slug": "copy", "new_parent_page": town.water.pk, "copy_subpages": ""}
    )
    copy = DisclosurePage.objects.get(slug="copy")
    copy.save_revision(user=town.editor("water"))

    assert is_refused(both, submit(copy, town.editor("water")))


def test_who_went_back_to_an_earlier_version_does_not_decide(town: Town, both: User) -> None:
    page, author = draft(town), town.editor("water")
    first = page.latest_revision
    page.title = "改过的标题"
    page.save_revision(user=author)
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])

    signed_in(both).post(address, {**form_of(page, signed_in(author)), "title": first.content["title"]})

    fresh = DisclosurePage.objects.get(pk=page.pk)
    assert fresh.latest_revision.user == both
    assert is_refused(both, submit(fresh, author))


def test_who_imported_a_row_does_not_decide_on_it(town: Town, both: User) -> None:
    row = SheetRow(
        2,
        {
            "目录编码": "B01", "标题": "水价", "内容概述": "概述", "生成日期": "2026-11-20", "文号": "", "正文": "正文",
            "关键词": "",
        },
    )  # fmt: skip
    page = import_rows(Page.objects.get(pk=town.water.pk).specific, [row], both, submit=False)[0]

    assert is_refused(both, submit(page, town.editor("water")))
