"""What is stored of pages says of emergencies what holds at every moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from cms.delivery.models import StoredRead
from cms.delivery.stored.inside import Inside
from tests.delivery.stored.acts import publish
from tests.factories import make_disclosure
from tests.languages.acts import in_english
from tests.town import Town

from .test_banner import TITLE, alert


def store(*addresses: str) -> None:
    for address in addresses * 2:
        Client().get(address)


def wrong(*addresses: str) -> list[str]:
    """Return the addresses under which something else is sent than would be rendered."""
    return [each for each in addresses if Client().get(each).content != Inside().render(each).content]


def stale(*addresses: str) -> list[str]:
    fresh = set(StoredRead.objects.filter(is_fresh=True).values_list("address", flat=True))
    return [each for each in addresses if each not in fresh]


def places(town: Town) -> list[str]:
    price = make_disclosure(town.water, town.entries["water_price"], title="水价")
    plan = make_disclosure(town.school, town.entries["school_admission"], title="招生")
    return [price.url, f"/en{price.url}", town.water.url, plan.url, town.school.url]


def test_it_stands_on_stored_pages_as_soon_as_it_is_public(town: Town, stored: Any) -> None:
    addresses = places(town)
    store(*addresses)

    for scope, writer in (("organisation", town.water), ("city", town.portal), ("industry", town.water_office)):
        alert(writer, scope)

        assert wrong(*addresses) == []
        assert TITLE in Client().get(addresses[0]).content.decode()
        store(*addresses)


def test_only_the_pages_in_its_reach_are_rendered_again(town: Town, stored: Any) -> None:
    addresses = places(town)
    store(*addresses)

    alert(town.water, "organisation")

    assert stale(*addresses) == addresses[:3]


def test_its_beginning_and_its_end_need_nobody(clock: Any, town: Town, stored: Any) -> None:
    now = timezone.now()
    times = {"starts_at": now + timedelta(hours=1), "ends_at": now + timedelta(hours=3)}
    alert(town.portal, "district", division_codes="210202", **times)
    addresses = places(town)
    found = []

    for minutes in (1, 60, 60, 61):
        store(*addresses)
        clock.shift(timedelta(minutes=minutes))
        assert wrong(*addresses) == []
        found.append(TITLE in Client().get(addresses[3]).content.decode())

    assert found == [False, True, True, False]


def test_what_is_changed_of_it_is_seen_at_once(town: Town, stored: Any) -> None:
    addresses = places(town)
    notice = alert(town.portal, "city")
    in_english(town.portal)
    store(*addresses)
    acts = [
        lambda: publish(notice, alert_severity="blue"),
        lambda: publish(notice, ends_at=timezone.now() + timedelta(minutes=5)),
        lambda: publish(town.portal, title="示例市改名网"),
        lambda: in_english(notice),
        lambda: publish(notice, alert_scope=""),
        lambda: publish(notice, alert_scope="city"),
        lambda: type(notice).objects.get(pk=notice.pk).unpublish(),
    ]

    found = []
    for number, act in enumerate(acts):
        act()
        found += [(number, each) for each in wrong(*addresses)]
        store(*addresses)

    assert found == []


def test_withdrawn_and_still_readable_it_is_no_banner(town: Town, stored: Any) -> None:
    addresses = places(town)
    notice = alert(town.portal, "city")
    store(*addresses)

    record = notice.public_record
    record.is_public = False
    record.save()

    assert wrong(*addresses) == []
    assert TITLE not in Client().get(addresses[0]).content.decode()
