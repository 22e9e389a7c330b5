"""A bundle is claimed, handed on, held and handed over as one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cms.desk.work import bundles_of
from cms.people.handover.service import hand_over
from ledger.models import Letter
from tests.factories import appoint, make_person
from tests.town import Town
from workflows.bundles import submit_bundle, waiting
from workflows.models import Bundle, BundleState, TieredTaskState

from .acts import draft, signed_in, told

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def bundle(town: Town) -> Bundle:
    """Give a bundle of two that waits for the company's reviewer."""
    town.reviewer("water"), town.reviewer("water_office")
    drafts = [draft(town, title=f"第{number}件") for number in range(2)]
    return submit_bundle(
        user=town.editor("water"), organisation=town.water, title="调价", reason="同时", subjects=drafts
    )


def act(user: Any, bundle: Bundle, **sent: Any) -> Any:
    """Press a button on the screen of the first member."""
    state = waiting(bundle)[0]
    return signed_in(user).post(reverse("approval:item", args=[state.pk]), {"to": "", "until": "", "text": "", **sent})


def test_who_claims_one_member_claims_all(town: Town, bundle: Bundle) -> None:
    answer = act(town.reviewer("water"), bundle, action="claim")

    assert told(answer) == ["批次“调价”中等您审核的 2 件由您办理，同事能看到。"]
    assert {state.claimed_by for state in waiting(bundle)} == {town.reviewer("water")}


def test_a_member_goes_to_the_superior_with_the_others(town: Town, bundle: Bundle) -> None:
    answer = act(
        town.reviewer("water"), bundle, action="transfer", to=f"office:{town.water_office.pk}", text="请上级审"
    )

    assert "2 件已转“市水务局”审核" in told(answer)[0]
    assert {state.approver_id for state in waiting(bundle)} == {town.water_office.pk}
    letters = Letter.objects.filter(recipient=town.reviewer("water_office"), must_act=True)
    assert letters.filter(matter=f"bundle:{bundle.pk}").count() == letters.count() == 1


def test_to_a_colleague_with_one_letter(town: Town, bundle: Bundle) -> None:
    colleague = make_person("colleague")
    appoint(colleague, town.water, "reviewer")
    before = Letter.objects.filter(recipient=colleague).count()

    act(town.reviewer("water"), bundle, action="transfer", to=f"person:{colleague.pk}", text="我休假")

    assert {state.claimed_by for state in waiting(bundle)} == {colleague}
    assert Letter.objects.filter(recipient=colleague).count() == before + 1


def test_on_hold_and_going_on_together(town: Town, bundle: Bundle) -> None:
    until = timezone.localdate() + timedelta(days=5)

    act(town.reviewer("water"), bundle, action="hold", until=until.isoformat(), text="等文号")
    held = {state.held_until for state in waiting(bundle)}
    act(town.reviewer("water"), bundle, action="resume")

    assert held == {until}
    assert {state.held_until for state in waiting(bundle)} == {None}


def test_one_that_a_colleague_is_on_keeps_all_as_they_were(town: Town, bundle: Bundle) -> None:
    colleague = make_person("colleague")
    appoint(colleague, town.water, "reviewer")
    last = waiting(bundle)[1]
    TieredTaskState.objects.filter(pk=last.pk).update(
        claimed_by=colleague, claimed_until=timezone.now() + timedelta(hours=1)
    )

    answer = act(town.reviewer("water"), bundle, action="claim")

    assert answer.status_code == 422
    assert "正在办理" in answer.content.decode()
    assert waiting(bundle)[0].claimed_by is None


def test_a_bundle_is_handed_over_and_recalled_by_the_receiver(town: Town, bundle: Bundle) -> None:
    giver, taker = town.editor("water"), make_person("taker")

    hand_over(giver=giver, taker=taker, organisation=None, by=town.administrator("water_office"))
    fresh = User.objects.get(pk=taker.pk)
    shown = bundles_of(fresh)[BundleState.IN_REVIEW]
    answer = signed_in(fresh).post(reverse("approval:bundle", args=[bundle.pk]), {"action": "recall"})

    assert [item.title for item in shown] == ["批次：调价"]
    assert answer.status_code == 302
    bundle.refresh_from_db()
    assert (bundle.state, bundle.submitted_by) == (BundleState.RECALLED, taker)
    assert not any(bundles_of(User.objects.get(pk=giver.pk)).values())


def test_the_receiver_gets_it_back_and_submits_it_again(town: Town, bundle: Bundle) -> None:
    giver, taker = town.editor("water"), make_person("taker")
    hand_over(giver=giver, taker=taker, organisation=None, by=town.administrator("water_office"))
    address = reverse("approval:bundle", args=[bundle.pk])
    shown = [state.pk for state in waiting(bundle)]
    back = {"action": "reject", "reason": "wrong", "comment": "金额不对", "shown": shown}

    signed_in(town.reviewer("water")).post(address, back)
    letter = Letter.objects.filter(kind="approval.returned").get()
    signed_in(User.objects.get(pk=taker.pk)).post(address, {"action": "resubmit"})

    bundle.refresh_from_db()
    assert letter.recipient == taker
    assert (bundle.state, len(waiting(bundle))) == (BundleState.IN_REVIEW, 2)
