"""Claiming, handing to a colleague, transferring upward, holding: on the approval screen, each written to the trail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Duty, User
from ledger.models import Event, Letter
from tests.factories import appoint, make_person
from tests.town import Town
from workflows.models import TieredTaskState

from .acts import signed_in, submitted, told, words

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def colleague(town: Town) -> User:
    person = make_person("colleague")
    appoint(person, town.water, Duty.REVIEWER)
    return person


@pytest.fixture
def state(town: Town, colleague: User) -> TieredTaskState:
    town.reviewer("water"), town.reviewer("water_office")
    return submitted(town)


def act(person: User, state: TieredTaskState, action: str, **fields: Any) -> Any:
    return signed_in(person).post(reverse("approval:item", args=[state.pk]), {"action": action, **fields})


def now_of(state: TieredTaskState) -> TieredTaskState:
    return TieredTaskState.objects.get(pk=state.pk)


def test_a_claimed_item_is_not_decided_by_a_colleague_by_mistake(town: Town, colleague: User, state: Any) -> None:
    act(town.reviewer("water"), state, "claim")

    act(colleague, state, "approve", comment="")

    assert now_of(state).status == state.STATUS_IN_PROGRESS
    assert now_of(state).claimed_by == town.reviewer("water")


def test_a_claim_runs_out(town: Town, colleague: User, state: Any, clock: Any) -> None:
    act(town.reviewer("water"), state, "claim")
    clock.shift(timedelta(days=2))

    act(colleague, state, "approve", comment="")

    assert now_of(state).status == state.STATUS_APPROVED


def test_a_colleague_takes_a_claim_over_and_the_trail_says_from_whom(town: Town, colleague: User, state: Any) -> None:
    act(town.reviewer("water"), state, "claim")

    act(colleague, state, "take_over")

    assert now_of(state).claimed_by == colleague
    assert str(town.reviewer("water")) in state.acts.latest("pk").text


def test_it_goes_to_a_named_colleague_who_is_told(town: Town, colleague: User, state: Any) -> None:
    act(town.reviewer("water"), state, "transfer", to=f"person:{colleague.pk}", text="请您办理")

    assert now_of(state).claimed_by == colleague
    assert Letter.objects.filter(recipient=colleague, must_act=True, body__contains="请您办理").exists()


def test_it_goes_to_the_superior_which_decides_while_the_first_may_still_read(
    town: Town, colleague: User, state: Any
) -> None:
    act(town.reviewer("water"), state, "transfer", to=f"office:{town.water_office.pk}", text="涉及价格")
    act(town.reviewer("water"), state, "approve", comment="")

    assert now_of(state).status == state.STATUS_IN_PROGRESS
    assert now_of(state).approver_id == town.water_office.pk
    shown = signed_in(colleague).get(reverse("approval:item", args=[state.pk]))
    assert shown.status_code == 200
    assert signed_in(colleague).get(shown.context["preview_url"]).status_code == 200
    assert Event.objects.filter(kind="approval.transferred").exists()


def test_it_goes_neither_beside_nor_to_strangers_nor_to_its_author(town: Town, state: Any) -> None:
    author, stranger = town.editor("water"), town.reviewer("hall")

    for to in (f"person:{author.pk}", f"person:{stranger.pk}", f"office:{town.hall.pk}", "office:0", "x"):
        response = act(town.reviewer("water"), state, "transfer", to=to, text="转")
        assert response.status_code == 422, to

    assert now_of(state).approver_id == town.water.pk
    assert now_of(state).claimed_by is None


def test_a_transfer_and_a_hold_need_a_reason(town: Town, colleague: User, state: Any) -> None:
    day = (timezone.localdate() + timedelta(days=3)).isoformat()

    without = [
        act(town.reviewer("water"), state, "transfer", to=f"person:{colleague.pk}", text=""),
        act(town.reviewer("water"), state, "hold", until=day, text=""),
        act(town.reviewer("water"), state, "hold", until="", text="等待文号"),
        act(town.reviewer("water"), state, "hold", until="昨天", text="等待文号"),
    ]

    assert [response.status_code for response in without] == [422] * 4
    assert now_of(state).held_until is None


def test_a_hold_stops_the_clock_and_is_ended_by_hand(town: Town, state: Any) -> None:
    day = timezone.localdate() + timedelta(days=3)
    act(town.reviewer("water"), state, "hold", until=day.isoformat(), text="等待文号")
    held = now_of(state)

    act(town.reviewer("water"), state, "resume")

    assert (held.held_until, held.is_overdue(timezone.now() + timedelta(days=30))) == (day, False)
    assert now_of(state).held_until is None
    assert [each.kind for each in state.acts.order_by("pk")] == ["held", "resumed"]


def test_nobody_else_handles_it(town: Town, state: Any) -> None:
    outsiders = [town.editor("water"), town.reviewer("hall"), town.reviewer("water_office")]

    answers = [act(person, state, "claim") for person in outsiders]

    assert now_of(state).claimed_by is None
    assert all(answer.status_code in {302, 404} for answer in answers)


def test_the_screen_offers_colleagues_and_offices_above(town: Town, colleague: User, state: Any) -> None:
    screen = words(signed_in(town.reviewer("water")).get(reverse("approval:item", args=[state.pk])))

    assert f'value="person:{colleague.pk}"' in screen
    assert f'value="office:{town.water_office.pk}"' in screen
    assert told(signed_in(colleague).get(reverse("approval:queue"))) == []
