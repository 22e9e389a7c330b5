"""Maintenance is announced by the unit's people, and ended by them or by the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.service_health.maintenance import declare, end
from ledger.models import Event
from snippets.models import Maintenance, ServiceItem
from tests.clock import NOW
from tests.factories import make_service_item
from tests.town import Town
from tests.workflows.acts import signed_in

from .server import Provider

pytestmark = pytest.mark.usefixtures("clock")
HOUR = timedelta(hours=1)


@pytest.fixture
def pay(town: Town) -> ServiceItem:
    return make_service_item(town.water, town.industries["waterworks"], title="缴纳水费", link="https://example.org/")


def announce(item: ServiceItem, town: Town, **fields: Any) -> Maintenance:
    values = {"starts_at": NOW, "ends_at": NOW + 2 * HOUR, "reason": "upgrade", **fields}
    return declare(item=item, by=town.editor("water"), **values)


def test_it_is_recorded_who_announced_what(town: Town, pay: ServiceItem) -> None:
    announce(pay, town)

    event = Event.objects.get(kind="service.maintenance_declared")
    assert (event.actor, event.organisation_id) == (town.editor("water"), town.water.pk)
    assert event.data["reason"] == "upgrade"


@pytest.mark.parametrize(
    "fields",
    [
        {"ends_at": NOW},
        {"ends_at": NOW - HOUR},
        {"starts_at": NOW - HOUR},
        {"ends_at": NOW + timedelta(days=31)},
        {"reason": "因为我想"},
    ],
)
def test_odd_times_and_reasons_of_ones_own_are_refused(town: Town, pay: ServiceItem, fields: Any) -> None:
    with pytest.raises(ValidationError):
        announce(pay, town, **fields)

    assert not Maintenance.objects.exists()
    assert not Event.objects.filter(kind="service.maintenance_declared").exists()


def test_two_at_the_same_time_are_refused(town: Town, pay: ServiceItem) -> None:
    announce(pay, town)

    with pytest.raises(ValidationError, match="重叠"):
        announce(pay, town, starts_at=NOW + HOUR, ends_at=NOW + 3 * HOUR)


def test_what_runs_is_ended_and_what_is_ahead_is_taken_back(town: Town, pay: ServiceItem, clock: Any) -> None:
    runs = announce(pay, town)
    ahead = announce(pay, town, starts_at=NOW + 5 * HOUR, ends_at=NOW + 6 * HOUR)
    clock.shift(HOUR)

    for row in (runs, ahead):
        end(row=row, by=town.editor("water"))

    assert list(Maintenance.objects.values_list("ends_at", flat=True)) == [NOW + HOUR]
    with pytest.raises(ValidationError):
        end(row=runs, by=town.editor("water"))


def test_during_maintenance_nothing_is_asked_and_nothing_counts(town: Town, provider: Provider, rounds: Any) -> None:
    provider.answers["/pay"] = 503
    item = make_service_item(town.water, town.industries["waterworks"], link=f"{provider.base}/pay")
    announce(item, town)

    rounds(4)

    assert provider.asked == []


def test_the_form_announces_and_says_what_is_wrong(town: Town, pay: ServiceItem) -> None:
    client = signed_in(town.editor("water"))
    address = reverse("service_health:maintenance", args=[pay.pk])
    times = {"starts_at": "2026-11-23T22:00", "ends_at": "2026-11-24T06:00", "reason": "repair"}

    wrong = client.post(address, {**times, "ends_at": "2026-11-23T21:00"})
    right = client.post(address, times, follow=True)

    assert "结束时间应晚于开始时间。" in wrong.content.decode()
    assert "11月23日 22:00—11月24日 06:00 设备检修" in right.content.decode()
    assert Maintenance.objects.count() == 1
