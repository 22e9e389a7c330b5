"""Until when each tier is to be decided: workdays on the city's own calendar."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from ledger.models import Letter
from snippets.models import CalendarDay
from snippets.workdays import add_year
from tests.town import Town
from workflows.due import attend_to_everything
from workflows.handling import transfer
from workflows.models import ApprovalLimits, Told

from .acts import signed_in, submitted, words

pytestmark = pytest.mark.usefixtures("clock")


def due_on(state: Any) -> date:
    """Return the day a state is due, as the database has it."""
    state.refresh_from_db()
    return timezone.localdate(state.due_at)


def test_the_first_tier_has_one_workday_and_the_day_of_arrival_does_not_count(town: Town) -> None:
    town.reviewer("water")

    state = submitted(town)

    assert due_on(state) == date(2026, 11, 24)
    assert not state.is_provisional


def test_a_tier_decided_by_the_superior_keeps_its_own_limit(town: Town, clock: Any) -> None:
    town.reviewer("water")
    town.reviewer("water_office")
    clock.move_to(datetime(2026, 9, 30, 9, 0, tzinfo=timezone.get_current_timezone()))
    state = submitted(town)

    state.task.specific.on_action(state, town.reviewer("water"), "approve")

    # 1 to 7 October are off; 10 October is a make-up workday.
    second = state.workflow_state.content_object.current_workflow_task_state
    assert due_on(second) == date(2026, 10, 9)


def test_the_limits_are_set_for_the_portal(town: Town) -> None:
    town.reviewer("water")
    limits = ApprovalLimits.for_site(town.portal.get_site())
    limits.first_days = 3
    limits.save()

    state = submitted(town)

    assert due_on(state) == date(2026, 11, 26)


def test_a_limit_that_runs_is_counted_anew_when_a_day_off_is_entered(town: Town) -> None:
    town.reviewer("water")
    state = submitted(town)
    state.told = Told.SOON
    state.save()

    CalendarDay.objects.create(day=date(2026, 11, 24), is_workday=False, note="临时放假")

    assert due_on(state) == date(2026, 11, 25)
    assert state.told == Told.NOTHING


def test_over_a_year_that_is_not_entered_a_limit_is_provisional_and_no_error(town: Town, clock: Any) -> None:
    town.reviewer("water")
    clock.move_to(datetime(2026, 12, 31, 9, 0, tzinfo=timezone.get_current_timezone()))

    state = submitted(town)

    assert due_on(state) == date(2027, 1, 1)
    assert state.is_provisional


def test_a_provisional_limit_is_marked_wherever_it_is_shown(town: Town, clock: Any) -> None:
    reviewer, above = town.reviewer("water"), town.reviewer("water_office")
    clock.move_to(datetime(2026, 12, 31, 9, 0, tzinfo=timezone.get_current_timezone()))
    state = submitted(town)
    clock.move_to(datetime(2027, 1, 1, 9, 0, tzinfo=timezone.get_current_timezone()))

    attend_to_everything()
    transfer(state_id=state.pk, user=reviewer, to=town.water_office, text="涉及价格")

    for address in ("wagtailadmin_home", "approval:queue"):
        assert re.search(r"期限 2027年1月\d+日（暂定）", words(signed_in(above).get(reverse(address))))
    item = words(signed_in(above).get(reverse("approval:item", args=[state.pk])))
    assert item.count("（暂定）") == 2
    for kind in ("approval.submitted", "approval.soon", "approval.arrived"):
        assert "（暂定）" in Letter.objects.get(kind=kind).body, kind


def test_a_year_entered_day_by_day_is_not_provisional_any_more(town: Town, clock: Any) -> None:
    town.reviewer("water")
    clock.move_to(datetime(2026, 12, 31, 9, 0, tzinfo=timezone.get_current_timezone()))
    state = submitted(town)

    CalendarDay.objects.create(day=date(2027, 1, 1), is_workday=False, note="元旦")

    assert due_on(state) == date(2027, 1, 4)
    assert not state.is_provisional


def test_adding_a_known_year_again_adds_nothing(db: None) -> None:
    CalendarDay.objects.filter(day=date(2026, 10, 1)).delete()

    assert add_year(2026) == 1
    assert add_year(2026) == 0
    assert add_year(2027) == 0
