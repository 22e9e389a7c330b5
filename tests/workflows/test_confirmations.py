"""What an approver looks at before approving, and what an author answers for."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from ledger.models import Event
from rules.screening import Answer
from snippets.screening import confirm, request_exception
from tests.desk.test_editor import new, posted
from tests.town import Town
from workflows.confirmations import NotConfirmedError, needed
from workflows.decisions import decide as decide_by_python
from workflows.models import TieredTaskState

from .acts import draft, signed_in, submit, words
from .test_screening import IDENTITY, MOBILE, with_file

# A warning: a number of 15 digits may be an old identity number.
OLD_NUMBER = "110105491231002"


def post(user: Any, state: TieredTaskState, **data: Any) -> Any:
    return signed_in(user).post(reverse("approval:item", args=[state.pk]), {"action": "approve", "comment": "", **data})


def waiting(page: Any) -> TieredTaskState:
    state: TieredTaskState = page.current_workflow_task_state
    return state


@pytest.mark.parametrize("name", ["报告.doc", "报告.wps", "表.et", "版式.ofd", "全部.zip", "坏的.pdf"])
def test_a_file_nobody_could_read_is_looked_at_by_the_approver(town: Town, name: str) -> None:
    reviewer = town.reviewer("water")
    state = submit(with_file(town, name, b"anything", entry="water_profile"), town.editor("water"))
    (tick,) = needed(state)

    shown = words(signed_in(reviewer).get(reverse("approval:item", args=[state.pk])))
    assert "已打开附件逐页看过" in shown
    assert post(reviewer, state).status_code == 422
    assert post(reviewer, state, confirmed=[tick.key]).status_code == 302

    state.refresh_from_db()
    assert state.status == "approved"
    assert [row["key"] for row in state.confirmed] == [tick.key]
    assert tick.label in str(Event.objects.get(kind="approval.confirmed").data)
    sheet = words(signed_in(reviewer).get(reverse("approval:sheet", args=[state.workflow_state_id])))
    assert f"已确认：{tick.label}" in unescape(sheet)


def test_no_way_of_approving_leads_round_the_confirmation(town: Town) -> None:
    reviewer = town.reviewer("water")
    state = submit(with_file(town, "报告.doc", b"anything", entry="water_profile"), town.editor("water"))

    with pytest.raises(NotConfirmedError):
        decide_by_python(state_id=state.pk, user=reviewer, action="approve", comment="")
    state.refresh_from_db()
    with pytest.raises(NotConfirmedError):
        state.approve(user=reviewer)
    state.refresh_from_db()
    state.task.specific.on_action(state, reviewer, "approve", comment="")
    signed_in(reviewer).post(
        reverse("wagtailadmin_pages:workflow_action", args=[state.workflow_state.object_id, "approve", state.pk]), {}
    )

    state.refresh_from_db()
    assert state.status == "in_progress"


def test_a_doubt_that_nobody_answered_is_answered_by_the_approver(town: Town) -> None:
    page = draft(town, entry="water_profile", summary=f"编号 {OLD_NUMBER}")
    town.reviewer("water")

    state = submit(page, town.editor("water"))

    (tick,) = needed(state)
    assert tick.label.startswith("提交人没有确认")


def test_a_doubt_the_author_answered_is_shown_with_his_name(town: Town) -> None:
    author, reviewer = town.editor("water"), town.reviewer("water")
    page = draft(town, entry="water_profile", summary=f"编号 {OLD_NUMBER}")
    confirm(page, page.screen().open, author)
    page.save_revision(user=author)

    state = submit(page, author)

    assert needed(state) == []
    shown = words(signed_in(reviewer).get(reverse("approval:item", args=[state.pk])))
    assert f"{author}已确认可以公开" in shown


def test_the_form_asks_for_the_tick_and_keeps_who_gave_it(town: Town) -> None:
    from pages.models import DisclosurePage

    author = town.editor("water")
    data = {**posted(town, summary=f"编号 {OLD_NUMBER}"), "action-submit": "1"}

    refused = words(signed_in(author).post(new(DisclosurePage, town.water), data))
    assert "确认可以公开后勾选" in refused
    signed_in(author).post(new(DisclosurePage, town.water), {**data, "confirm_findings": "on"})

    page = DisclosurePage.objects.get().get_latest_revision_as_object()
    (said,) = page.screening_answers.values()
    assert (said["answer"], said["by"]) == (Answer.CONFIRMED, author.pk)
    assert page.current_workflow_state.status == "in_progress"


def asked_for_exception(town: Town, **fields: Any) -> Any:
    page = draft(town, entry="water_profile", summary=f"联系人 {MOBILE}", **fields)
    request_exception(page, page.screen().stopping, town.editor("water"), "法律要求公开值班手机。")
    page.save_revision(user=town.editor("water"))
    return page


def test_an_exception_goes_through_all_tiers_and_the_last_agrees_to_it(town: Town) -> None:
    people = [town.reviewer(place) for place in ("water", "water_office", "portal")]
    page = asked_for_exception(town)

    page.submit_for_approval(town.editor("water"))
    assert page.get_workflow().name == "三级审核"
    for person in people[:2]:
        assert needed(waiting(page)) == []
        post(person, waiting(page))
    last = waiting(page)
    (tick,) = needed(last)
    assert "法律要求公开值班手机" in tick.label
    assert post(people[2], last).status_code == 422
    post(people[2], last, confirmed=[tick.key])

    page.refresh_from_db()
    assert page.live


def test_another_number_is_not_covered_by_the_exception(town: Town) -> None:
    page = asked_for_exception(town)
    page.body = [("text", f"<p>{IDENTITY}</p>")]
    page.save_revision(user=town.editor("water"))

    page.submit_for_approval(town.editor("water"))

    assert page.current_workflow_state.status == "needs_changes"


def test_a_remark_copies_no_number(town: Town) -> None:
    reviewer = town.reviewer("water")
    state = submit(draft(town), town.editor("water"))

    response = post(reviewer, state, action="reject", reason="personal_data", comment=f"删去 {IDENTITY}")

    assert response.status_code == 422
    assert "不要抄录号码" in words(response)
