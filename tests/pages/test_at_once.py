"""What is published by the first tier because it is due at once, and which tiers review it afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pages.models import DisclosurePage, NoticePage
from tests.factories import make_entry
from tests.town import Town


def tiers(page: DisclosurePage | NoticePage) -> tuple[int, list[int]]:
    """Return the tiers before publication, and those afterwards."""
    return page.approval_tiers, page.tiers_afterwards


def test_what_is_due_at_once_waits_for_the_first_tier_alone(town: Town) -> None:
    outage = DisclosurePage(entry=town.entries["water_outage"])

    assert tiers(outage) == (1, [2, 3])


@pytest.mark.parametrize(("cycle", "unit"), [("before_effect", "hour"), ("on_event", "hour")])
def test_what_is_due_within_hours_does_too(town: Town, cycle: str, unit: str) -> None:
    entry = make_entry("water", cycle=cycle, cycle_amount=24, cycle_unit=unit, approval_tiers=2)

    assert tiers(DisclosurePage(entry=entry)) == (1, [2])


def test_what_is_not_urgent_by_rule_waits_for_all_its_tiers(town: Town) -> None:
    assert tiers(DisclosurePage(entry=town.entries["water_price"])) == (2, [])


def test_an_emergency_without_entry_is_published_at_once(town: Town) -> None:
    assert tiers(NoticePage(kind="emergency")) == (1, [2])
    assert tiers(NoticePage(kind="planned_outage")) == (2, [])


def test_calling_it_an_emergency_does_not_hurry_an_entry_that_is_not(town: Town) -> None:
    notice = NoticePage(kind="emergency", entry=town.entries["water_price"])

    assert tiers(notice) == (2, [])


def test_what_is_to_go_live_later_is_in_no_such_hurry(town: Town) -> None:
    outage = DisclosurePage(entry=town.entries["water_outage"], go_live_at=timezone.now() + timedelta(hours=5))

    assert tiers(outage) == (3, [])
