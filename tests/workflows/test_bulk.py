"""Approving many routine items at once: each is asked again, and the list says what became of it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from accounts.models import Appointment, Duty
from cms.demo.bodies import stream
from pages.models import DisclosurePage
from snippets.models import CatalogueEntry
from tests.factories import appoint, make_person
from tests.town import Town
from workflows import bulk
from workflows.models import BulkApproval, BulkItem, Outcome, TieredTaskState

from .acts import decide, draft, signed_in, submit, submitted, told, words

BULK = reverse("approval:bulk")
QUEUE = reverse("approval:queue")


@pytest.fixture
def routine(town: Town) -> Town:
    """The profile of a waterworks needs one tier and is routine."""
    CatalogueEntry.objects.filter(pk=town.entries["water_profile"].pk).update(is_routine=True)
    town.reviewer("water")
    return town


def waiting(town: Town, count: int = 3) -> list[TieredTaskState]:
    return [submitted(town, entry="water_profile", title=f"概况{number}") for number in range(count)]


def proofs(client: Any, states: list[TieredTaskState]) -> list[str]:
    """Open the page to confirm, and return what it will send."""
    page = words(client.get(BULK, {"state": [state.pk for state in states]}))
    return re.findall(r'name="shown" value="([^"]+)"', page)


def outcomes() -> dict[str, tuple[str, str]]:
    return {item.title: (item.outcome, item.text) for item in BulkItem.objects.order_by("pk")}


def test_what_was_confirmed_is_approved_and_public(routine: Town) -> None:
    client, states = signed_in(routine.reviewer("water")), waiting(routine)

    response = client.post(BULK, {"shown": proofs(client, states), "comment": "无误"})

    assert response.url == reverse("approval:bulk_result", args=[BulkApproval.objects.get().pk])
    assert DisclosurePage.objects.filter(live=True, title__startswith="概况").count() == 3
    assert {state.comment for state in TieredTaskState.objects.filter(status=TaskState.STATUS_APPROVED)} == {"无误"}
    assert "已批准 3 件" in words(client.get(response.url))


def test_the_page_to_confirm_says_what_each_changes(routine: Town) -> None:
    client = signed_in(routine.reviewer("water"))
    page = draft(routine, entry="water_profile", title="企业概况", body=[("text", "<p>旧的一句。不变的一句。</p>")])
    decide(routine.reviewer("water"), submit(page, routine.editor("water")))
    page.refresh_from_db()
    page.body = stream(("text", "<p>新的一句。不变的一句。</p>"))
    page.save_revision(user=routine.editor("water"))
    state = submit(page, routine.editor("water"))

    shown = words(client.get(BULK, {"state": state.pk}))

    assert "<del>旧的一句。</del>" in shown
    assert "<ins>新的一句。</ins>" in shown
    assert "不变的一句" not in shown


def test_one_that_was_decided_meanwhile_is_listed_and_keeps_nothing_back(routine: Town) -> None:
    client, states = signed_in(routine.reviewer("water")), waiting(routine)
    shown = proofs(client, states)
    other = make_person("other")
    appoint(other, routine.water, Duty.REVIEWER)
    decide(other, states[1], "reject", "缺文号")

    client.post(BULK, {"shown": shown})

    assert outcomes() == {
        "概况0": (Outcome.DONE, "已公开"),
        "概况1": (Outcome.REFUSED, "已由他人处理，或已撤回。"),
        "概况2": (Outcome.DONE, "已公开"),
    }
    assert "1 件没有批准" in words(client.get(reverse("approval:bulk_result", args=[BulkApproval.objects.get().pk])))


def test_what_is_not_routine_is_not_offered_and_not_confirmed(routine: Town) -> None:
    client, state = signed_in(routine.reviewer("water")), submitted(routine, entry="water_price")

    response = client.get(BULK, {"state": state.pk})

    assert response.url == QUEUE
    assert f'name="state" value="{state.pk}"' not in words(client.get(QUEUE))


def test_an_entry_that_is_routine_no_more_is_refused(routine: Town) -> None:
    client, states = signed_in(routine.reviewer("water")), waiting(routine, 1)
    shown = proofs(client, states)
    CatalogueEntry.objects.update(is_routine=False)

    client.post(BULK, {"shown": shown})

    assert outcomes() == {"概况0": (Outcome.REFUSED, "这一事项已不是例行事项，请单独审核。")}


def test_a_text_that_changed_since_is_refused(routine: Town) -> None:
    client, states = signed_in(routine.reviewer("water")), waiting(routine, 1)
    shown = proofs(client, states)
    page = DisclosurePage.objects.get(title="概况0")
    page.summary = "另一稿"
    page.save_revision(user=routine.editor("water"))

    client.post(BULK, {"shown": shown})

    assert outcomes()["概况0"] == (Outcome.REFUSED, "提交的内容已有变化，请单独审核。")


def test_whoever_is_no_reviewer_any_more_approves_nothing(routine: Town) -> None:
    reviewer = routine.reviewer("water")
    states = waiting(routine, 1)
    run = bulk.begin(person=reviewer, shown={states[0].pk: states[0].revision_id}, comment="")
    Appointment.objects.filter(user=reviewer).delete()

    bulk.work_off(run, 10)

    assert outcomes()["概况0"] == (Outcome.REFUSED, "现在不由您审核。")
    assert not DisclosurePage.objects.filter(title="概况0", live=True).exists()


def test_what_is_on_hold_or_with_a_colleague_is_refused(routine: Town) -> None:
    reviewer, (held, claimed) = routine.reviewer("water"), waiting(routine, 2)
    TieredTaskState.objects.filter(pk=held.pk).update(held_until=timezone.localdate() + timedelta(days=3))
    later = timezone.now() + timedelta(hours=1)
    TieredTaskState.objects.filter(pk=claimed.pk).update(claimed_by=make_person("colleague"), claimed_until=later)
    run = bulk.begin(person=reviewer, shown={s.pk: s.revision_id for s in (held, claimed)}, comment="")

    bulk.work_off(run, 10)

    assert [text for _, text in outcomes().values()] == ["已暂缓，请单独处理。", "colleague正在办理。"]


def test_the_own_text_is_refused(routine: Town) -> None:
    editor = routine.editor("water")
    appoint(editor, routine.water, Duty.REVIEWER)
    states = waiting(routine, 1)
    run = bulk.begin(person=editor, shown={states[0].pk: states[0].revision_id}, comment="")

    bulk.work_off(run, 10)

    assert outcomes()["概况0"] == (Outcome.REFUSED, "您提交或编辑过这一稿，须由他人审核。")


def test_what_another_was_shown_proves_nothing(routine: Town) -> None:
    states = waiting(routine, 1)
    shown = proofs(signed_in(routine.reviewer("water")), states)

    response = signed_in(routine.reviewer("water_office")).post(BULK, {"shown": [*shown, "forged", ""]})

    assert "请选择 1 到 200 件" in told(response)[0]
    assert not BulkApproval.objects.exists()


def test_one_that_fails_leaves_the_others_approved(routine: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    client, states = signed_in(routine.reviewer("water")), waiting(routine)
    shown, broken = proofs(client, states), states[0].pk

    def decide_unless_broken(*, state_id: int, **how: Any) -> Any:
        if state_id == broken:
            raise RuntimeError("disk full")
        return really(state_id=state_id, **how)

    really = bulk.decide
    monkeypatch.setattr(bulk, "decide", decide_unless_broken)
    client.post(BULK, {"shown": shown})

    assert outcomes()["概况0"] == (Outcome.REFUSED, "系统出错，没有批准；请单独打开处理。")
    assert DisclosurePage.objects.filter(title__startswith="概况", live=True).count() == 2


def test_a_long_run_is_worked_off_in_parts_and_shows_how_far_it_is(routine: Town) -> None:
    reviewer, states = routine.reviewer("water"), waiting(routine, 5)
    run = bulk.begin(person=reviewer, shown={state.pk: state.revision_id for state in states}, comment="")
    client, address = signed_in(reviewer), reverse("approval:bulk_result", args=[run.pk])

    assert bulk.work_off(run, 2) == 3
    halfway = client.get(address)
    client.post(address)

    assert "还有 3 件（共 5 件）" in words(halfway)
    assert halfway.headers["Refresh"] == "4"
    assert "Refresh" not in client.get(address).headers
    assert DisclosurePage.objects.filter(title__startswith="概况", live=True).count() == 5


def test_the_worker_does_the_rest(routine: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    states = waiting(routine, 5)
    run = bulk.begin(person=routine.reviewer("water"), shown={s.pk: s.revision_id for s in states}, comment="")

    bulk.go_on.call(run.pk)

    assert set(outcomes().values()) == {(Outcome.DONE, "已公开")}


def test_the_list_belongs_to_whoever_confirmed_it(routine: Town) -> None:
    states = waiting(routine, 1)
    run = bulk.begin(person=routine.reviewer("water"), shown={states[0].pk: states[0].revision_id}, comment="")

    address = reverse("approval:bulk_result", args=[run.pk])

    assert signed_in(routine.reviewer("water_office")).get(address).status_code == 404
    assert signed_in(routine.editor("water")).post(address).status_code == 404
    assert outcomes()["概况0"][0] == Outcome.WAITING


def test_two_hundred_are_the_most(routine: Town) -> None:
    with pytest.raises(Exception, match="1 到 200"):
        bulk.begin(person=routine.reviewer("water"), shown={number: number for number in range(201)}, comment="")


def test_confirming_many_costs_no_more_queries_than_a_few(routine: Town) -> None:
    client, states = signed_in(routine.reviewer("water")), waiting(routine, 25)
    client.get(BULK, {"every": 1})

    def queries(**parameters: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(BULK, parameters).status_code == 200
        return len(captured)

    few = queries(state=[state.pk for state in states[:2]])

    assert queries(every=1) <= few
    assert few <= 40
