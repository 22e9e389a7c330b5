"""How a service runs changes its guide, the hall and its answer to programs; nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cms.delivery.stored import settling
from cms.service_health.settling import Verdict, bring
from snippets.models import LifeEvent, LifeEventItem, Maintenance
from tests.factories import make_service_item

from .acts import Kept
from .test_clock import is_as_rendered

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def addresses(kept: Kept) -> dict[str, str]:
    other = make_service_item(kept.town.water, kept.town.industries["waterworks"], title="缴纳水费", code="pay")
    settling.settle()
    found = {
        "hall": kept.hall.url,
        "guide": f"{kept.hall.url}{kept.item.code}/",
        "other guide": f"{kept.hall.url}{other.code}/",
        "item": f"/api/v2/service-items/{kept.item.pk}/",
        "other item": f"/api/v2/service-items/{other.pk}/",
        "unit": kept.town.water.url,
        "portal": kept.town.portal.url,
    }
    for address in found.values():
        for _time in range(2):
            Client().get(address)
    assert set(found.values()) <= kept.fresh()
    return found


def stale(kept: Kept, addresses: dict[str, str]) -> set[str]:
    fresh = kept.fresh()
    return {name for name, address in addresses.items() if address not in fresh}


def found(state: str) -> Verdict:
    return Verdict(state, checked_at=timezone.now())


def test_going_down_concerns_the_item_and_the_hall(kept: Kept, addresses: dict[str, str]) -> None:
    bring(kept.item, found("down"))

    assert stale(kept, addresses) == {"hall", "guide", "item"}
    assert kept.wrong() == []


def test_another_check_with_the_same_answer_concerns_nobody_for_a_week(
    kept: Kept, addresses: dict[str, str], clock: Any
) -> None:
    bring(kept.item, found("working"))
    for address in addresses.values():
        for _time in range(2):
            Client().get(address)
    marked = stale(kept, addresses)

    clock.shift(timedelta(hours=10))
    bring(kept.item, found("working"))
    same_day = stale(kept, addresses)
    clock.shift(timedelta(days=7))
    bring(kept.item, found("working"))

    assert (marked, same_day) == (set(), set())
    assert {"guide", "item"} <= stale(kept, addresses)


def test_maintenance_begins_and_ends_by_the_clock(kept: Kept, addresses: dict[str, str], clock: Any) -> None:
    now = timezone.now()
    hours = [now + timedelta(hours=1), now + timedelta(hours=2)]
    Maintenance.objects.create(item=kept.item, starts_at=hours[0], ends_at=hours[1])
    bring(kept.item, found("working"))
    told = [addresses[name] for name in ("hall", "guide", "item")]

    wrong = []
    for _turn in range(3):
        for address in told:
            for _time in range(2):
                Client().get(address)
            wrong += [] if is_as_rendered(address) else [address]
        clock.shift(timedelta(minutes=61))

    assert wrong == []


def test_a_life_event_concerns_the_hall_and_its_items(kept: Kept, addresses: dict[str, str]) -> None:
    event = LifeEvent.objects.create(code="moving", title="搬家")
    LifeEventItem.objects.create(event=event, item=kept.item)

    assert stale(kept, addresses) == {"hall", "guide", "item"}
    assert kept.wrong() == []
