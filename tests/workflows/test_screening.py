"""Screening stands before the first tier, whichever way a text is submitted."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from ledger.guarded_http import Reply, UnreachableError
from ledger.models import Event, Letter
from media.models import Document
from pages.models import DisclosureAttachment, NoticePage
from rules.screening import Screening
from snippets.models import SensitiveWord
from tests.desk.test_editor import edit, posted
from tests.factories import make_entry, make_page
from tests.media.samples import docx
from tests.town import Town
from workflows.models import ScreeningTaskState, TieredTaskState
from workflows.screening import complete

from .acts import decide, draft, draft_service, signed_in, submit, words

# The sample number of GB 11643, and its form in tables that tear it apart.
IDENTITY, MOBILE = "11010519491231002X", "13800138000"
TABLE = {"table_caption": "名单", "data": [["张某", IDENTITY]], "first_row_is_table_header": False}


def a_file(town: Town, name: str, content: bytes) -> Document:
    document = Document(
        title=name.split(".", maxsplit=1)[0], file=ContentFile(content, name), owner_organisation_id=town.water.pk
    )
    document.save()
    return document


def with_file(town: Town, name: str, content: bytes, **fields: Any) -> Any:
    return draft(town, attachments=[DisclosureAttachment(title="附件", document=a_file(town, name, content))], **fields)


def screening(subject: Any) -> ScreeningTaskState:
    found: ScreeningTaskState = ScreeningTaskState.objects.latest("pk")
    assert found.workflow_state.object_id == str(subject.pk)
    return found


def codes(subject: Any) -> set[str]:
    return {finding.code for finding in screening(subject).screening.findings}


def test_what_holds_nothing_goes_on_to_the_first_tier_and_is_not_approved_by_that(town: Town) -> None:
    town.reviewer("water")

    state = submit(draft(town), town.editor("water"))

    assert isinstance(state, TieredTaskState)
    assert state.approver.title == "示例自来水公司"
    assert [each.status for each in ScreeningTaskState.objects.all()] == [TaskState.STATUS_APPROVED]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": f"示例 {IDENTITY}"},
        {"body": [("text", f"<p>身份证 {IDENTITY}</p>")]},
        {"body": [("table", {"table": TABLE, "note": ""})]},
        {"document_number": IDENTITY},
    ],
    ids=["title", "body", "table", "document number"],
)
def test_from_python_an_identity_number_comes_back_as_well(town: Town, fields: dict[str, Any]) -> None:
    page = draft(town)
    for name, value in fields.items():
        setattr(page, name, value)
    # No form, and no check of the fields.
    page.save_revision(user=town.editor("water"), clean=False)

    page.submit_for_approval(town.editor("water"))

    assert page.current_workflow_state.status == "needs_changes"
    assert "personal_data.cn_id18" in codes(page)
    assert "信息审查未通过" in screening(page).comment


def test_a_word_file_that_came_in_past_the_forms_is_read_now(town: Town) -> None:
    page = with_file(town, "名单.docx", docx(f"张某 {IDENTITY}"))

    page.submit_for_approval(town.editor("water"))

    assert page.current_workflow_state.status == "needs_changes"
    (finding,) = screening(page).screening.stopping
    assert finding.field == "attachments"
    assert "附件“名单”" in finding.sentence


def test_corrected_and_resumed_it_is_screened_again_and_goes_on(town: Town) -> None:
    town.reviewer("water")
    page: Any = draft(town, body=[("text", f"<p>{IDENTITY}</p>")])
    page.submit_for_approval(town.editor("water"))

    page.body = [("text", "<p>已删除。</p>")]
    page.save_revision(user=town.editor("water"))
    page.current_workflow_state.resume(town.editor("water"))

    assert page.current_workflow_task_state.approver.title == "示例自来水公司"


def test_a_number_written_in_after_a_return_is_found(town: Town) -> None:
    reviewer = town.reviewer("water")
    page: Any = draft(town)
    state = submit(page, town.editor("water"))
    state.task.specific.on_action(state, reviewer, "reject", comment="请补充", reason="incomplete")

    page.body = [("text", f"<p>{IDENTITY}</p>")]
    page.save_revision(user=town.editor("water"))
    page.current_workflow_state.resume(town.editor("water"))

    assert page.current_workflow_state.status == "needs_changes"
    assert screening(page).status == TaskState.STATUS_REJECTED


def test_a_service_item_and_an_organisation_are_screened(town: Town) -> None:
    item = draft_service(town, help_text=f"请联系 {IDENTITY}")
    town.water.phones = [town.water.phones.model(label="联系人", number=IDENTITY)]
    town.water.save_revision(user=town.editor("water"))

    for subject in (item, town.water):
        subject.submit_for_approval(town.editor("water"))

        assert subject.current_workflow_state.status == "needs_changes"
        assert "personal_data.cn_id18" in codes(subject)


def test_nobody_finds_the_whole_number_in_what_is_kept_about_it(town: Town) -> None:
    page = with_file(town, f"{IDENTITY}.docx", docx(IDENTITY), summary=f"身份证 {IDENTITY}")
    page.submit_for_approval(town.editor("water"))

    assert page.current_workflow_state.status == "needs_changes"
    # What was written is kept where it was written.
    content = {"wagtailcore_revision", "pages_disclosurepage", "media_document", "wagtailsearch_indexentry"}
    for model in apps.get_models():
        if model._meta.db_table in content or "fts" in model._meta.db_table or model._meta.proxy:
            continue
        columns = ", ".join(f'"{field.column}"' for field in model._meta.local_concrete_fields)
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}"')
            assert not [row for row in cursor if IDENTITY in str(row)], model


def test_a_forbidden_word_stops_and_one_that_is_switched_off_does_not(town: Town) -> None:
    word = SensitiveWord.objects.create(word="示例禁词", severity="block")
    first, second = draft(town, summary="含示例禁词。"), draft(town, summary="含示例禁词。", title="另一条")

    first.submit_for_approval(town.editor("water"))
    assert first.current_workflow_state.status == "needs_changes"

    word.is_active = False
    word.save()
    second.submit_for_approval(town.editor("water"))
    assert second.current_workflow_state.status == "in_progress"


def outage(town: Town, hours: int, **fields: Any) -> NoticePage:
    entry = make_entry("water", "B09", content_kind="announcement", cycle="before_effect", cycle_amount=24,
                       cycle_unit="hour", approval_tiers=1)  # fmt: skip
    author = town.editor("water")
    page: NoticePage = make_page(
        NoticePage, town.water, live=False, entry=entry, kind="planned_outage", title="停水", owner=author,
        starts_at=timezone.now() + timedelta(hours=hours), body=[("text", "<p>停水。</p>")], **fields,
    )  # fmt: skip
    page.save_revision(user=author)
    return page


def test_a_late_notice_needs_a_reason(town: Town, clock: Any) -> None:
    page = outage(town, hours=23)

    page.submit_for_approval(town.editor("water"))
    assert "notice_time.late" in codes(page)
    assert page.current_workflow_state.status == "needs_changes"

    page.late_reason = "管道突发险情。"
    page.save_revision(user=town.editor("water"))
    page.current_workflow_state.resume(town.editor("water"))
    assert page.current_workflow_state.status == "in_progress"
    assert "管道突发险情" in str(screening(page).findings)


def test_a_notice_in_time_says_until_when(town: Town, clock: Any) -> None:
    page = outage(town, hours=25)

    page.submit_for_approval(town.editor("water"))

    assert page.current_workflow_state.status == "in_progress"
    assert codes(page) == {"notice_time.in_time"}


def test_what_takes_long_is_read_in_the_background(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflows.models.screening.SLOW", 1)
    page = draft(town, body=[("text", f"<p>{IDENTITY}</p>")])

    with TestCase.captureOnCommitCallbacks(execute=False):
        page.submit_for_approval(town.editor("water"))
    waiting = screening(page)
    assert waiting.status == TaskState.STATUS_IN_PROGRESS
    assert "信息审查中" in str(page.get_lock().get_message(town.editor("water")))

    assert complete(waiting.pk)
    assert not complete(waiting.pk)
    assert page.current_workflow_state.status == "needs_changes"
    letter = Letter.objects.get(recipient=town.editor("water"), kind="screening.refused")
    assert IDENTITY not in letter.body


def test_what_was_recalled_meanwhile_is_left_alone(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflows.models.screening.SLOW", 1)
    page = draft(town)
    with TestCase.captureOnCommitCallbacks(execute=False):
        page.submit_for_approval(town.editor("water"))
    waiting = screening(page)

    page.current_workflow_state.cancel(user=town.editor("water"))

    assert not complete(waiting.pk)


def test_the_result_stands_in_the_audit_without_samples(town: Town) -> None:
    draft(town, summary=f"电话 {MOBILE}").submit_for_approval(town.editor("water"))

    event = Event.objects.get(kind="screening.refused")
    assert event.data["findings"] == ["personal_data.mobile"]


def test_the_revision_that_was_screened_is_not_taken_for_an_approved_one(town: Town) -> None:
    reviewer = town.reviewer("water")
    page = draft(town, entry="water_profile")

    state = submit(page, town.editor("water"))
    assert not page.live
    decide(reviewer, state)

    page.refresh_from_db()
    assert page.live
    assert page.live_revision_id == state.revision_id


def test_a_dead_worker_leaves_it_to_the_next_one(town: Town, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflows.models.screening.SLOW", 1)
    town.reviewer("water")
    page = draft(town)
    with TestCase.captureOnCommitCallbacks(execute=False):
        page.submit_for_approval(town.editor("water"))

    call_command("screen_waiting")
    assert screening(page).status == TaskState.STATUS_IN_PROGRESS

    clock.shift(timedelta(minutes=6))
    call_command("screen_waiting", stdout=StringIO())
    assert page.current_workflow_task_state.approver.title == "示例自来水公司"


def test_sent_from_the_form_it_comes_back_to_the_editor_with_its_findings(town: Town) -> None:
    # Rows are read by the workflow; what a row's form does not show is found there.
    page = with_file(town, "名单.docx", docx(IDENTITY))
    client = signed_in(town.editor("water"))
    data = posted(town, **{"action-submit": "1"})
    monkey = pytest.MonkeyPatch()
    monkey.setattr("snippets.screening.forms.screened_at_once", lambda instance: Screening())

    data["summary"] = f"身份证 {IDENTITY}"
    response = client.post(edit(page), data, follow=True)
    monkey.undo()

    assert response.redirect_chain[-1][0] == edit(page)
    assert "信息审查未通过" in words(response)
    assert "已经提交进行审核" not in words(response)


def test_dead_links_are_found_by_the_worker_and_stop_nothing(town: Town, settings: Any) -> None:
    settings.LINK_CHECK = True
    town.reviewer("water")
    answers = {"https://example.org/gone": 404, "https://example.org/fine": 200}
    monkey = pytest.MonkeyPatch()
    monkey.setattr("snippets.screening.links.get", lambda url: Reply(url, answers[url]))
    links = "".join(f'<p><a href="{url}">去</a></p>' for url in answers)

    with TestCase.captureOnCommitCallbacks(execute=True):
        state = submit(draft(town, body=[("text", links)]), town.editor("water"))
    monkey.undo()

    screened = ScreeningTaskState.objects.get()
    assert [finding.code for finding in screened.screening.findings] == ["link.dead"]
    assert screened.links_checked_at is not None
    assert "https://example.org/gone" in words(
        signed_in(town.reviewer("water")).get(reverse("approval:item", args=[state.pk]))
    )


def test_without_network_a_link_is_said_not_to_be_verified(town: Town, settings: Any) -> None:
    settings.LINK_CHECK = True

    def unreachable(url: str) -> Reply:
        raise UnreachableError(url)

    monkey = pytest.MonkeyPatch()
    monkey.setattr("snippets.screening.links.get", unreachable)
    with TestCase.captureOnCommitCallbacks(execute=True):
        draft_service(town, link="https://example.org/").submit_for_approval(town.editor("water"))
    monkey.undo()

    findings = [each for each in ScreeningTaskState.objects.get().screening.findings if each.family == "link"]
    assert [(each.code, each.severity, each.field) for each in findings] == [("link.unverified", "info", "link")]
