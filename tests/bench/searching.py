"""Searches, timed: python -m tests.bench.searching <JSON>. Prints JSON.

Runs in a process of its own, with our production settings: what is timed is a query understood, its numbers and its
first twenty pages, from the first question to the database to the last; and the whole page of results.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import TYPE_CHECKING, Any

import django

from . import cpu, servers
from .table import Line
from .wrk import BenchError

if TYPE_CHECKING:
    from .rows import Rounds, Sites

# In the sample city: two texts of a thousand, and more than half of all.
RARE, COMMON = "停水", "服务"
RARE_MOST, COMMON_LEAST = 0.005, 0.3
TIMES = 20
PER_PAGE = 20


def searching(sites: Sites, rounds: Rounds) -> Iterator[Line]:
    """Row 16: a rare word and a common one."""
    options = {"words": [RARE, COMMON], "rounds": rounds.rounds, "database": sites.ours.database[0]}
    asked = json.dumps(options)
    told: dict[str, Any] = json.loads(servers.run(sites.environment, "-m", "tests.bench.searching", asked))
    if told[RARE]["hits"] > RARE_MOST * sites.size or told[COMMON]["hits"] < COMMON_LEAST * sites.size:
        raise BenchError(f"{RARE}: {told[RARE]['hits']} hits, {COMMON}: {told[COMMON]['hits']}")
    for word, name, target in ((RARE, "少见的词", 10), (COMMON, "常见的词", 40)):
        figures = told[word]
        note = f"（{figures['hits']:,} 条；整页 {median(each['milliseconds'] for each in figures['page']):.0f} 毫秒）"
        line = Line(16, f"检索{name}“{word}”", sites.size, "—", target, at_least=False, unit="毫秒", note=note)
        line.values = [each["milliseconds"] for each in figures["search"]]
        line.ours = {name: median(each[name] for each in figures["search"]) for name in ("rps", "app", "database")}
        yield line


def timed(run: Callable[[], Any], database: int) -> dict[str, float]:
    """Return the milliseconds of the middle one of several runs, and what one costs in processor time."""
    taken = []
    own, others = time.process_time(), cpu.seconds([database])
    for _each in range(TIMES):
        started = time.perf_counter()
        run()
        taken.append(1000 * (time.perf_counter() - started))
    app = 1000 * (time.process_time() - own) / TIMES
    return {
        "milliseconds": median(taken),
        "rps": 1000 / median(taken),
        "app": app,
        "database": 1000 * (cpu.seconds([database]) - others) / TIMES,
    }


def searches(*, words: list[str], rounds: int, database: int) -> dict[str, dict[str, Any]]:
    """Time words in turn, round by round; the first round warms up and does not count."""
    from django.test import Client, RequestFactory

    from cms.search.found import Search
    from pages.models import DisclosurePage
    from pages.presentation import Reader

    client = Client(headers={"X-Forwarded-Proto": "https", "Host": "127.0.0.1"})
    request = RequestFactory().get("/search/", HTTP_HOST="127.0.0.1")

    def first_page(word: str) -> list[Any]:
        found = Search(word, Reader(request))
        return list(found.of(None)[:PER_PAGE]) if any(found.numbers.values()) else []

    told: dict[str, dict[str, Any]] = {
        word: {"hits": DisclosurePage.objects.search(word, operator="and").count(), "search": [], "page": []}
        for word in words
    }
    for each in range(rounds + 1):
        for word in words:
            search = timed(lambda w=word: first_page(w), database)  # type: ignore[misc]
            page = timed(lambda w=word: client.get("/search/", {"q": w}), database)  # type: ignore[misc]
            if each:
                told[word]["search"].append(search)
                told[word]["page"].append(page)
    return told


if __name__ == "__main__":
    django.setup()
    print(json.dumps(searches(**json.loads(sys.argv[1]))))
