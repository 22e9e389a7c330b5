"""Whole lists are kept as they were answered, and sent until anything public changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.api.urls import ENDPOINTS
from cms.delivery.models import Era, StoredList, StoredRead
from cms.delivery.stored import lists, settling, upkeep
from cms.delivery.stored.inside import Inside
from tests.factories import make_notice

from .acts import Kept
from .test_freshness import CHANGES, undone

BY_ENTRY = "/api/v2/disclosures/?entry=water%3AB01&limit=2"
# Never kept; and of pages the town's own answers are not stored.
OTHERS = {"catalogue", "images", "documents", "pages"}
KEPT = [f"/api/v2/{view.endpoint}/?" for view in ENDPOINTS if view.endpoint not in OTHERS]
KEPT += [BY_ENTRY, "/api/v2/disclosures/?fields=*", "/api/v2/disclosures/?locale=en", "/api/v2/notices/?order=title"]


@pytest.fixture(autouse=True)
def nothing_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin as a process that was just started."""
    lists._asked.clear()


def ask(address: str, times: int = 2) -> Any:
    inside = Inside()
    return [inside.ask(address) for _time in range(times)][-1]


def kept() -> set[str]:
    """Return the lists that would be sent now."""
    known = StoredList.objects.values_list("address", flat=True)
    return {address for address in known if lists.find(address).answer is not None}


def test_a_list_asked_again_costs_one_query(told: Kept) -> None:
    ask(BY_ENTRY)

    with CaptureQueriesContext(connection) as queries:
        answer = ask(BY_ENTRY, times=1)
    cost = len(queries)

    rendered = Inside().render(BY_ENTRY)
    assert cost == 1
    assert (answer.status_code, answer.content) == (200, rendered.content)
    assert {name: answer[name] for name in ("Content-Type", "ETag", "Cache-Control")} == {
        name: rendered[name] for name in ("Content-Type", "ETag", "Cache-Control")
    }


def test_the_lists_of_all_kinds_of_rows_are_kept(told: Kept) -> None:
    for address in KEPT:
        ask(address)

    assert kept() == set(KEPT)
    assert all(Inside().ask(address).content == Inside().render(address).content for address in KEPT)


def test_a_list_asked_once_is_not_kept(told: Kept) -> None:
    ask(BY_ENTRY, times=1)

    assert not StoredList.objects.exists()


def test_no_list_outlasts_any_change_settled_or_not(told: Kept) -> None:
    for address in KEPT:
        ask(address)
    left = {}

    for change in CHANGES:
        with undone():
            change(told.again())
            at_once = kept()
            settling.settle()
            left[change.__name__] = at_once | kept()

    assert {name: found for name, found in left.items() if found} == {}
    assert kept() == set(KEPT)


def test_what_was_put_together_before_a_change_is_not_sent_after_it(told: Kept) -> None:
    found, response = lists.find(BY_ENTRY), ask(BY_ENTRY, times=1)

    told.old_price.unpublish()
    settling.settle()

    assert lists.keep(BY_ENTRY, found, response)
    assert lists.find(BY_ENTRY).answer is None


def test_while_a_change_waits_no_list_is_kept(told: Kept) -> None:
    told.old_price.unpublish()

    ask(BY_ENTRY)

    assert not StoredList.objects.exists()


def test_a_list_ends_with_the_first_of_its_rows_that_the_clock_changes(told: Kept, clock: Any) -> None:
    ends = timezone.now() + timedelta(hours=3)
    make_notice(told.town.water, title="今天停水", kind="planned_outage", ends_at=ends)
    settling.settle()
    told.store("/api/v2/notices/")
    address = "/api/v2/notices/?order=title"
    ask(address)
    assert kept() == {address}

    clock.move_to(ends + timedelta(minutes=1))

    assert kept() == set()
    assert '"over"' in ask(address).content.decode()


@pytest.mark.parametrize("address", ["notices/?state=running", "catalogue/?", "images/?", "disclosures/?search=水价"])
def test_what_nothing_tells_of_is_not_kept(told: Kept, address: str) -> None:
    assert ask(f"/api/v2/{address}").status_code == 200

    assert not StoredList.objects.exists()


def test_a_list_with_rows_that_had_to_be_rendered_is_kept_when_the_worker_has_stored_them(told: Kept) -> None:
    StoredRead.objects.filter(address__startswith="/api/v2/disclosures/").delete()

    ask(BY_ENTRY)
    assert not StoredList.objects.exists()
    assert {row.address for row in upkeep.stale()} == {
        f"/api/v2/disclosures/{page.pk}/" for page in (told.price, told.old_price)
    }

    upkeep.store_again(100)
    ask(BY_ENTRY)
    assert kept() == {BY_ENTRY}


def test_the_rows_of_a_search_are_stored_though_its_list_is_not_kept(told: Kept) -> None:
    search = "/api/v2/disclosures/?search=水价"
    StoredRead.objects.filter(address__startswith="/api/v2/disclosures/").delete()

    rendered = ask(search)
    assert {f"/api/v2/disclosures/{row['id']}/" for row in rendered.json()["items"]} == {
        row.address for row in upkeep.stale()
    }
    upkeep.store_again(100)
    with CaptureQueriesContext(connection) as asked:
        again = ask(search, times=1)

    assert again.content == rendered.content
    assert len(asked) <= 8
    assert not StoredList.objects.exists()


def test_another_era_ends_a_list(told: Kept) -> None:
    ask(BY_ENTRY)

    Era.objects.update(content=99)

    assert kept() == set()


def test_the_lists_longest_unasked_give_way(told: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST", 2)
    addresses = [f"/api/v2/disclosures/?limit={number}" for number in (1, 2, 3)]

    for address in addresses:
        ask(address)

    assert kept() == set(addresses[1:])


def test_a_token_and_another_host_get_their_own_answer(told: Kept, client: Any) -> None:
    ask(BY_ENTRY)
    StoredList.objects.update(body=b"{}")

    assert client.get(BY_ENTRY).content == b"{}"
    assert b"items" in client.get(BY_ENTRY, headers={"host": "localhost"}).content
    assert client.get(BY_ENTRY, headers={"authorization": "Bearer gk_no"}).status_code == 401


def test_kept_lists_are_compared_with_what_would_be_rendered(told: Kept) -> None:
    ask(BY_ENTRY)
    call_command("check_reads", verbosity=0)

    StoredList.objects.update(body=b"{}")

    with pytest.raises(CommandError):
        call_command("check_reads", verbosity=0)


def test_old_lists_are_forgotten(told: Kept) -> None:
    ask(BY_ENTRY)
    StoredList.objects.update(stored_at=timezone.now() - timedelta(days=8))

    settling.forget()

    assert not StoredList.objects.exists()


def test_mixed_up_parameters_are_another_list(told: Kept) -> None:
    one, other = (
        f"/api/v2/disclosures/?{urlencode(asked)}"
        for asked in ({"limit": 1, "order": "title"}, {"order": "title", "limit": 1})
    )

    assert ask(one).content != ask(other).content
    assert kept() == {one, other}
