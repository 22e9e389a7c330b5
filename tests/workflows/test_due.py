"""What falls due: reminders once each, escalation, holds that end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from ledger.models import Letter
from tests.town import Town
from workflows.due import attend_to_everything
from workflows.handling import hold
from workflows.models import ActKind, TieredTaskState, Told

from .acts import signed_in, submitted

pytestmark = pytest.mark.usefixtures("clock")


def letters(kind: str) -> list[str]:
    """Return who was written to."""
    return sorted(Letter.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def now_of(state: Any) -> TieredTaskState:
    """Return a state as the database has it."""
    return TieredTaskState.objects.get(pk=state.pk)


def test_nothing_is_said_on_the_day_it_arrives(town: Town) -> None:
    town.reviewer("water")
    submitted(town)

    assert attend_to_everything() == {"resumed": 0, "reminded": 0, "escalated": 0}


def test_reviewers_are_reminded_once_before_and_once_when_it_is_due(town: Town, clock: Any) -> None:
    town.reviewer("water")
    submitted(town)

    clock.shift(timedelta(days=1))
    attend_to_everything()
    attend_to_everything()
    assert letters("approval.soon") == ["water-reviewer"]
    clock.shift(timedelta(days=1))
    attend_to_everything()
    attend_to_everything()

    assert letters("approval.due") == ["water-reviewer"]


def test_nobody_is_reminded_on_a_weekend_of_what_is_due_on_monday(town: Town, clock: Any) -> None:
    clock.shift(timedelta(days=5))
    town.reviewer("water")
    state = submitted(town)

    assert (timezone.localtime().strftime("%A"), state.due_at.strftime("%A")) == ("Saturday", "Monday")
    assert attend_to_everything()["reminded"] == 0
    clock.shift(timedelta(days=2))

    assert attend_to_everything()["reminded"] == 1
    assert letters("approval.soon") == ["water-reviewer"]


def test_overdue_by_a_further_limit_it_goes_one_up_and_the_first_may_still_read(town: Town, clock: Any) -> None:
    first, second = town.reviewer("water"), town.reviewer("water_office")
    state = submitted(town)

    clock.shift(timedelta(days=3))
    attend_to_everything()

    found = now_of(state)
    assert found.approver.title == "市水务局"
    assert found.acts.get().kind == ActKind.ESCALATED
    assert timezone.localdate(found.due_at) == date(2026, 11, 27)
    assert letters("approval.arrived") == ["water_office-reviewer"]
    assert signed_in(first).get(f"/admin/approval/{state.pk}/").status_code == 200
    assert signed_in(first).post(f"/admin/approval/{state.pk}/", {"action": "approve"}).status_code == 404
    assert now_of(state).status == "in_progress"
    assert signed_in(second).get(f"/admin/approval/{state.pk}/").status_code == 200


def test_at_the_top_it_stays_and_the_operators_are_told_once(town: Town, clock: Any) -> None:
    town.reviewer("water")
    town.administrator("portal")
    state = submitted(town)

    clock.shift(timedelta(days=7))
    attend_to_everything()
    attend_to_everything()

    assert now_of(state).told == Told.STUCK
    assert letters("approval.stuck") == ["portal-administrator"]


def test_what_is_on_hold_is_neither_reminded_nor_escalated_and_goes_on_by_itself(town: Town, clock: Any) -> None:
    reviewer = town.reviewer("water")
    town.reviewer("water_office")
    state = submitted(town)
    hold(state_id=state.pk, user=reviewer, until=date(2026, 12, 7), text="等批复")

    clock.shift(timedelta(days=10))
    assert attend_to_everything() == {"resumed": 0, "reminded": 0, "escalated": 0}
    clock.shift(timedelta(days=4))
    assert attend_to_everything()["resumed"] == 1

    found = now_of(state)
    assert found.held_until is None
    assert timezone.localdate(found.due_at) == date(2026, 12, 8)
    assert [act.kind for act in found.acts.order_by("pk")] == [ActKind.HELD, ActKind.RESUMED]
