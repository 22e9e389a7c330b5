"""Whoever copies everything for the first time gets past what was forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client

from cms.delivery.models import Era, PublicObject

from .stored.acts import Kept, stored, told

__all__ = ["stored", "told"]
FEED = "/api/v2/changes/"


def pull(client: Client, since: int = 0, most: int = 1_000) -> tuple[list[int], list[int]]:
    """Read on, three at a time; return the numbers, and where each part ended."""
    numbers: list[int] = []
    ends: list[int] = []
    more = True
    while more and len(ends) < most:
        part = client.get(f"{FEED}?limit=3&since={since}").json()
        numbers += [item["sequence"] for item in part["items"]]
        since, more = part["meta"]["next_since"], part["meta"]["has_more"]
        ends.append(since)
    return numbers, ends


def forget_up_to_the_middle() -> None:
    numbers = list(PublicObject.objects.order_by("number").values_list("number", flat=True))
    Era.objects.update(forgotten=numbers[len(numbers) // 2])


def test_a_first_copy_is_taken_past_what_was_forgotten(client: Client, told: Kept) -> None:
    forget_up_to_the_middle()

    numbers, ends = pull(client)

    everything = PublicObject.objects.order_by("number").values_list("number", flat=True)
    assert numbers == list(everything)
    assert len(ends) > 3
    assert ends[-1] == Era.objects.get().number


def test_a_first_copy_that_was_broken_off_for_too_long_begins_again(clock: Any, client: Client, told: Kept) -> None:
    forget_up_to_the_middle()
    _numbers, (first,) = pull(client, most=1)

    clock.shift(timedelta(days=settings.TOMBSTONE_DAYS - 1))
    in_time = client.get(f"{FEED}?since={first}")
    clock.shift(timedelta(days=1))
    too_late = client.get(f"{FEED}?since={first}")

    assert (in_time.status_code, too_late.status_code) == (200, 410)
