"""PostgreSQL is restarted, or away: readers are told the truth, and everything goes on by itself afterwards."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests.factories import make_disclosure
from tests.server.cluster import Server, server
from tests.server.site import House, site, until, worker
from tests.town import build_town

READERS = 8


@pytest.fixture(scope="module")
def house(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """Serve a town from a server of its own, to all tests here."""
    with ExitStack() as stack, django_db_blocker.unblock():
        if connection.vendor != "postgresql":
            pytest.skip("SQLite has no server that could be away")
        try:
            town = build_town()
            price = make_disclosure(town.water, town.entries["water_price"], title="水价")
            postgresql = stack.enter_context(server())
        finally:
            # What a test that commits leaves is undone (see tests/conftest.py).
            TransactionTestCase._fixture_teardown(None)
        found = House(tmp_path_factory.mktemp("house"), postgresql.url)
        found.postgresql, found.page, found.row = postgresql, price.url, f"/api/v2/disclosures/{price.pk}/"
        yield stack.enter_context(site(found))


def ask_many(house: House, times: int = 32) -> Counter[int]:
    """Ask by many connections at once: every thread of the site has to answer."""
    addresses = [house.page, f"{house.page}?x=1", house.row, "/api/v2/disclosures/?limit=1"]
    with ThreadPoolExecutor(READERS) as readers:
        asked = readers.map(lambda number: house.ask(addresses[number % 4]).status, range(times))
        return Counter(asked)


@contextmanager
def reading(house: House) -> Iterator[Counter[int]]:
    """Read on and on until the end of the block, and count the answers."""
    stop, seen = threading.Event(), Counter[int]()

    def read() -> None:
        while not stop.is_set():
            seen.update(ask_many(house, 8))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield seen
    finally:
        stop.set()
        reader.join()


def test_a_restart_between_two_requests_is_not_noticed(house: House) -> None:
    ask_many(house)

    house.postgresql.restart()

    assert ask_many(house) == {200: 32}


def test_while_it_is_away_everybody_is_told_to_come_back(house: House) -> None:
    ask_many(house)

    house.postgresql.stop()

    page, row = house.ask(house.page), house.ask(house.row)
    assert (page.status, page.headers["retry-after"]) == (503, "5")
    assert "暂时不能办理" in page.text
    assert (row.status, row.json()["type"].rpartition("#")[2]) == (503, "unavailable")
    assert (house.ask("/healthz").status, house.ask("/readyz").status) == (200, 503)
    assert house.ask("/readyz").json()["parts"]["database"] == "unreachable"
    house.postgresql.start()
    assert ask_many(house) == {200: 32}


@pytest.mark.parametrize("fault", [Server.restart, Server.cut])
def test_under_load_nothing_is_answered_by_a_failure(house: House, fault: Callable[[Server], Any]) -> None:
    with reading(house) as seen:
        for _time in range(3):
            fault(house.postgresql)
            until(partial(has_read_on, seen, seen[200]))

    assert set(seen) <= {200, 503}
    assert ask_many(house) == {200: 32}


def test_the_worker_waits_until_it_is_back(house: House) -> None:
    with worker(house) as process:
        tell(house)
        until(lambda: is_settled(house))

        house.postgresql.stop()
        until(lambda: "the worker waits" in house.said())
        house.postgresql.start()
        tell(house)

        until(lambda: is_settled(house))
        assert process.poll() is None


def has_read_on(seen: Counter[int], since: int) -> bool:
    return seen[200] > since + 20


def tell(house: House) -> None:
    mark = '{"pages": [], "branches": [], "above": [], "topics": [], "frame": true, "everything": false}'
    house.postgresql.ask(f"INSERT INTO delivery_publicchange (told_at, change) VALUES (now(), '{mark}')")


def is_settled(house: House) -> bool:
    return house.postgresql.ask("SELECT count(*) FROM delivery_publicchange WHERE settled_at IS NULL") == [(0,)]
