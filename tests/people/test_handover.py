"""Everything of one person goes to another, also while something is pending."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import WorkflowState

from accounts.authority import holders
from accounts.models import Appointment, Duty, HandedItem, Handover, Leave, User
from cms.desk.work import drafts_of, returned_to, under_way_for
from cms.people.handover.service import hand_over
from ledger.models import Event, Letter
from tests.factories import appoint, make_person
from tests.people.test_leave import away, colleague, fresh
from tests.town import Town
from tests.workflows.acts import decide, draft, signed_in, submit
from workflows.decisions import recall
from workflows.queue import waiting_for


def move_all(town: Town, giver: User, taker: User, organisation: Any = None, by: Any = None) -> Handover:
    administrator = by or town.administrator("water_office")
    return hand_over(giver=giver, taker=taker, organisation=organisation, by=administrator)


def test_the_duties_go_over(town: Town) -> None:
    editor, taker = town.editor("water"), make_person("taker")

    move_all(town, editor, taker)

    assert holders(town.water, [Duty.EDITOR]) == {taker.pk}
    assert Appointment.objects.get(user=editor).until is not None


def test_drafts_and_pages_go_over_and_history_stays(town: Town) -> None:
    editor, taker = town.editor("water"), make_person("taker")
    page = draft(town)

    move_all(town, editor, taker)

    page.refresh_from_db()
    assert page.owner == taker
    assert page.latest_revision.user == editor
    assert [item.title for item in drafts_of(fresh(taker))] == ["示例水价"]
    assert drafts_of(fresh(editor)) == []


def test_what_is_pending_comes_back_to_the_taker(town: Town) -> None:
    editor, taker, reviewer = town.editor("water"), make_person("taker"), town.reviewer("water")
    state = submit(draft(town), editor)

    move_all(town, editor, taker)
    assert [item.title for item in under_way_for(fresh(taker))] == ["示例水价"]
    decide(reviewer, state, "reject", "缺文号")

    assert [item.text for item in returned_to(fresh(taker))] == ["其他：缺文号"]
    assert returned_to(fresh(editor)) == []
    assert WorkflowState.objects.get().requested_by == editor


def test_the_taker_recalls_and_the_giver_does_not(town: Town) -> None:
    editor, taker = town.editor("water"), make_person("taker")
    town.reviewer("water")
    state = submit(draft(town), editor)

    move_all(town, editor, taker)
    address = reverse("approval:recall", args=[state.workflow_state_id])

    assert signed_in(editor).get(address).status_code in {302, 403, 404}
    recall(workflow_state_id=state.workflow_state_id, user=taker)
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_CANCELLED


def test_who_took_a_draft_over_does_not_approve_it(town: Town) -> None:
    editor, taker = town.editor("water"), colleague(town.water, "taker", Duty.REVIEWER)
    other = colleague(town.water, "other", Duty.REVIEWER)
    state = submit(draft(town), editor)
    assert waiting_for(fresh(taker)).exists()

    move_all(town, editor, taker)
    decide(taker, state)

    state.refresh_from_db()
    assert state.status == "in_progress"
    assert not waiting_for(fresh(taker)).exists()
    assert waiting_for(fresh(other)).exists()


def test_what_only_its_taker_could_decide_goes_to_the_superior(town: Town) -> None:
    editor, reviewer, bureau = town.editor("water"), town.reviewer("water"), town.reviewer("water_office")
    state = submit(draft(town), editor)

    move_all(town, editor, reviewer)

    state.refresh_from_db()
    assert state.approver.pk == town.water_office.pk
    assert waiting_for(fresh(bureau)).exists()


def test_the_only_reviewer_hands_over_what_waits(town: Town) -> None:
    reviewer, taker = town.reviewer("water"), make_person("taker")
    state = submit(draft(town), town.editor("water"))

    done = move_all(town, reviewer, taker)

    state.refresh_from_db()
    assert done.moved["reviews"] == 1
    assert [each.pk for each in waiting_for(fresh(taker))] == [state.pk]


def test_after_publication_the_taker_is_a_reviewer_like_any_other(town: Town) -> None:
    editor, taker = town.editor("water"), make_person("taker")
    town.reviewer("water")
    page = draft(town)
    move_all(town, editor, taker)
    page.get_latest_revision().publish(skip_permission_checks=True)
    appoint(taker, town.water, Duty.REVIEWER)
    author = colleague(town.water, "author")
    page.refresh_from_db()
    page.save_revision(user=author)

    submit(page, author)

    assert waiting_for(fresh(taker)).exists()


def test_a_second_handover_passes_on_what_was_taken(town: Town) -> None:
    editor, second, third = town.editor("water"), make_person("second"), make_person("third")
    submit(draft(town), editor)

    move_all(town, editor, second)
    move_all(town, second, third)

    assert [item.title for item in under_way_for(fresh(third))] == ["示例水价"]
    assert under_way_for(fresh(second)) == []
    assert HandedItem.objects.get().giver == editor


def test_handing_back_leaves_no_trace_on_the_item(town: Town) -> None:
    editor, second = town.editor("water"), make_person("second")
    submit(draft(town), editor)

    move_all(town, editor, second)
    move_all(town, second, editor)

    assert [item.title for item in under_way_for(fresh(editor))] == ["示例水价"]
    assert not HandedItem.objects.exists()


def test_the_taker_stands_in_where_the_giver_did(town: Town) -> None:
    absent, deputy, taker = town.reviewer("water"), colleague(town.water, "deputy"), make_person("taker")
    away(absent, town.water, deputy)

    move_all(town, deputy, taker)

    assert Leave.objects.get().deputy == taker


def test_only_one_organisation_goes_when_asked(town: Town) -> None:
    person, taker = make_person("busy"), make_person("taker")
    for place in (town.school, town.hall):
        appoint(person, place, Duty.EDITOR)

    move_all(town, person, taker, town.school, by=town.administrator("district"))

    assert holders(town.school, [Duty.EDITOR]) == {taker.pk}
    assert holders(town.hall, [Duty.EDITOR]) == {person.pk}


def test_what_lies_beyond_the_administrator_stays(town: Town) -> None:
    person, taker = make_person("busy"), make_person("taker")
    appoint(person, town.school, Duty.EDITOR)
    appoint(person, town.portal, Duty.ADMINISTRATOR)

    move_all(town, person, taker, by=town.administrator("education_office"))

    assert holders(town.portal, [Duty.ADMINISTRATOR]) == {person.pk}
    assert holders(town.school, [Duty.EDITOR]) == {taker.pk}


@pytest.mark.parametrize("who", ["giver", "by", "operator", "stopped"])
def test_it_does_not_go_to_just_anybody(town: Town, who: str) -> None:
    giver, administrator = town.editor("water"), town.administrator("water_office")
    takers = {
        "giver": giver,
        "by": administrator,
        "operator": make_person("operator", is_superuser=True),
        "stopped": make_person("stopped", is_active=False),
    }

    with pytest.raises(ValidationError):
        move_all(town, giver, takers[who], by=administrator)

    assert holders(town.water, [Duty.EDITOR]) == {giver.pk}


def test_it_is_recorded_and_both_are_told(town: Town) -> None:
    editor, taker = town.editor("water"), make_person("taker")
    draft(town)

    move_all(town, editor, taker)

    event = Event.objects.get(kind="people.handed_over")
    assert event.data["moved"]["drafts"] == 1
    assert {letter.recipient for letter in Letter.objects.filter(kind="people.handed_over")} == {editor, taker}


def test_the_screen_shows_first_and_moves_afterwards(town: Town) -> None:
    editor, taker, browser = town.editor("water"), make_person("taker"), signed_in(town.administrator("water_office"))
    submit(draft(town), editor)
    address, data = reverse("people:handover", args=[editor.pk]), {"taker": "taker", "organisation": ""}

    preview = browser.post(address, data | {"then": "preview"})
    assert "已提交未办结（1）" in preview.content.decode()
    assert not Handover.objects.exists()

    done = browser.post(address, data | {"then": "confirm"}, follow=True)
    assert "工作移交记录" in done.content.decode()
    assert holders(town.water, [Duty.EDITOR]) == {taker.pk}


@pytest.mark.parametrize("who", ["water", "education_office"])
def test_nobody_hands_over_beside_or_elsewhere(town: Town, who: str) -> None:
    address = reverse("people:handover", args=[town.editor("water").pk])

    response = signed_in(town.administrator(who)).get(address)

    assert response.status_code in {302, 403, 404}
