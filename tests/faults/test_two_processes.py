"""From 100 ms after a commit nobody is told anything old: two processes, under load, a unit with many disclosures."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from pages.bulk import bulk_add
from pages.models import DisclosurePage
from tests.server.cluster import server
from tests.server.nginx import nginx
from tests.server.site import House, site, worker
from tests.town import Town

pytestmark = pytest.mark.django_db(transaction=True)
DISCLOSURES, READERS, RENAMES = 200, 6, 3
PROMISED_SECONDS = 0.1
RENAME = """
import time
from wagtail.models import Page
for number in range(values["times"]):
    unit = Page.objects.get(pk=values["unit"]).specific
    unit.title = f"第{number}次改名的公司"
    began = time.time()
    unit.save_revision().publish(skip_permission_checks=True)
    print(unit.title, began, time.time(), flush=True)
    time.sleep(values["rest"])
"""


@dataclass(frozen=True)
class Seen:
    """An answer: of whom, when it was asked for, and how the unit is called there."""

    base: str
    address: str
    status: int
    asked: float
    answered: float
    number: int | None


class Readers:
    """Ask for the same addresses again and again, each time by a connection of its own: any process may answer."""

    def __init__(self, bases: list[str], addresses: list[str], host: str) -> None:
        self.places = [(base, address, host) for address in addresses for base in bases]
        self.stop, self.seen = threading.Event(), list[Seen]()
        self.threads = [threading.Thread(target=self.read, args=(number,)) for number in range(READERS)]

    def read(self, first: int) -> None:
        """Go round."""
        number = first * len(self.places) // READERS
        while not self.stop.is_set():
            self.seen.append(look(*self.places[number % len(self.places)]))
            number += 1

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read until the end of the block."""
        for thread in self.threads:
            thread.start()
        try:
            yield
        finally:
            self.stop.set()
            for thread in self.threads:
                thread.join()


def look(base: str, address: str, host: str) -> Seen:
    caller = HTTPConnection(base.removeprefix("http://"), timeout=60)
    asked = time.time()
    caller.request("GET", address, headers={"Host": host})
    answer = caller.getresponse()
    body = answer.read().decode()
    caller.close()
    found = body.partition("次改名的公司")
    number = int(found[0].rpartition("第")[2]) if found[1] else None
    return Seen(base, address, answer.status, asked, time.time(), number)


def rename(house: House, unit: int, times: int, rest: float) -> list[tuple[float, float]]:
    """Rename a unit in a process of its own; return from when until when each time."""
    done = house.run(RENAME, unit=unit, times=times, rest=rest)
    assert done.returncode == 0, done.stderr
    return [(float(line.split()[1]), float(line.split()[2])) for line in done.stdout.splitlines()]


def stale(seen: list[Seen], renamed: list[tuple[float, float]]) -> list[tuple[float, Seen]]:
    """Return the answers asked for after a commit that do not know of it, and how long after."""
    found = []
    for each in seen:
        known = sum(each.asked > committed for _began, committed in renamed) - 1
        if known >= 0 and (each.number is None or each.number < known):
            found.append((each.asked - renamed[known][1], each))
    return found


def addresses_of(town: Town, pages: list[Any], some: int) -> list[str]:
    """Return where the name of the unit is read."""
    chosen = pages[:: max(1, len(pages) // some)]
    found = [each.url for each in chosen] + [f"/api/v2/disclosures/{each.pk}/" for each in chosen]
    found += [f"/zh-hant{chosen[0].url}", town.water.url, f"/api/v2/organisations/{town.water.pk}/"]
    return [*found, "/api/v2/disclosures/?limit=20"]


def measure(town: Town, folder: Path, *, disclosures: int, times: int, rest: float) -> dict[str, Any]:
    """Rename a unit with so many disclosures while everybody reads; say what was seen."""
    entry = town.entries["water_price"]
    bulk_add(town.water, [DisclosurePage(title=f"水价{number}", entry=entry) for number in range(disclosures)])
    pages = list(DisclosurePage.objects.child_of(town.water))
    addresses = addresses_of(town, pages, 20)
    (folder / "nginx").mkdir()
    with server() as postgresql:
        house = House(folder, postgresql.url, more={"EDGE_ROOT": str(folder / "edge"), "API_RATE_LIMIT": "0"})
        house.front = House(folder, "").port
        house.more |= {"BASE_URL": f"http://127.0.0.1:{house.front}"}
        behind = f"127.0.0.1:{house.port}"
        with site(house), worker(house), nginx(folder / "nginx", behind, folder / "edge", house.front) as front:
            readers = Readers([house.url, front], addresses, front.removeprefix("http://"))
            with readers.reading():
                renamed = rename(house, town.water.pk, times, rest)
            checked = house.run("from django.core.management import call_command; call_command('check_reads')")
    late = stale(readers.seen, renamed)
    return {
        "asked": len(readers.seen),
        "statuses": {each.status for each in readers.seen},
        "latest": max((after for after, _each in late), default=0.0),
        "broken": [each for after, each in late if after > PROMISED_SECONDS],
        "wrong": checked.stderr if checked.returncode else "",
        "renaming": [round(committed - began, 2) for began, committed in renamed],
    }


def test_nothing_old_is_told_by_either_process(town: Town, tmp_path: Path) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is one process' database")

    told = measure(town, tmp_path, disclosures=DISCLOSURES, times=RENAMES, rest=2)

    assert told["broken"] == []
    assert told["wrong"] == ""
    assert told["statuses"] == {200}
    assert told["asked"] > 100
