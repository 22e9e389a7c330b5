"""What changes the content, timed: python -m tests.bench.changes <act> <JSON>. Prints JSON.

Runs in a process of its own, with the settings of the site that is changed, and knows no other.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import django

from . import cpu
from .wrk import HEADERS

# So long after a commit, old answers are looked for; from so long on, none may be given.
WATCHED_SECONDS = 1.5
PROMISED_SECONDS = 0.1


def publish(*, page: int, times: int, database: int) -> dict[str, Any]:
    """Publish a page again and again; the first time warms up."""
    from wagtail.models import Page

    subject = Page.objects.get(pk=page).specific
    title, milliseconds, costs = subject.title, [], []
    for number in range(times + 1):
        subject = Page.objects.get(pk=page).specific
        subject.title = f"{title}（第{'一二三四五六七八九十'[number % 10]}版）"
        before, started = cpu.seconds([database]), time.perf_counter()
        own = time.process_time()
        subject.save_revision().publish(skip_permission_checks=True)
        milliseconds.append(1000 * (time.perf_counter() - started))
        costs.append((1000 * (time.process_time() - own), 1000 * (cpu.seconds([database]) - before)))
    subject.title = title
    subject.save_revision().publish(skip_permission_checks=True)
    return {"milliseconds": milliseconds[1:], "costs": costs[1:]}


def queries(*, paths: Sequence[str]) -> dict[str, int]:
    """Count the queries of a request that is not the first."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, counts = Client(headers={"X-Forwarded-Proto": "https", "Host": "127.0.0.1"}), {}
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        counts[path] = len(captured)
    return counts


def fresh(*, page: int, unit: int, bases: Sequence[str], watched: dict[str, str], times: int) -> dict[str, Any]:
    """Publish, rename and withdraw; tell of each how long after the commit an old answer was still given."""
    from wagtail.models import Page

    latest: dict[str, float] = {}
    asked = 0

    def watch(act: str, change: Callable[[], Any], old: str) -> None:
        nonlocal asked
        addresses = [(name, urlsplit(base + path)) for base in bases for name, path in watched.items()]
        for _name, address in addresses:
            answer(address)
        change()
        committed = time.monotonic()
        while time.monotonic() - committed < WATCHED_SECONDS:
            for name, address in addresses:
                since = time.monotonic() - committed
                status, body = answer(address)
                asked += 1
                if status == 200 and old in body:
                    key = f"{act} {name} {address.netloc}"
                    latest[key] = max(latest.get(key, 0.0), since)

    # No other page is called so.
    for pk in (page, unit):
        _titled(Page.objects.get(pk=pk).specific, f"探针{pk}丙")
    for number in range(times):
        subject = Page.objects.get(pk=page).specific
        watch("publish", lambda s=subject, n=number: _titled(s, f"探针公开信息{n}甲"), subject.title)  # type: ignore[misc]
        place = Page.objects.get(pk=unit).specific
        watch("rename", lambda s=place, n=number: _titled(s, f"探针单位{n}乙"), place.title)  # type: ignore[misc]
        subject = Page.objects.get(pk=page).specific
        revision = subject.live_revision
        watch("withdraw", lambda s=subject: _withdrawn(s), subject.title)  # type: ignore[misc]
        revision.publish(skip_permission_checks=True)
    return {
        "asked": asked,
        "latest": {name: round(1000 * seconds) for name, seconds in latest.items()},
        "broken": sum(seconds > PROMISED_SECONDS for seconds in latest.values()),
    }


def _titled(page: Any, title: str) -> None:
    page.title = title
    page.save_revision().publish(skip_permission_checks=True)


def _withdrawn(page: Any) -> None:
    from accounts.withdrawable import Leaving, WithdrawalKind

    page.leave_public(Leaving(WithdrawalKind.GONE))


def answer(address: Any) -> tuple[int, str]:
    """Ask on a connection of its own, so that both processes of a site get their turn."""
    connection = HTTPConnection(address.netloc, timeout=60)
    try:
        connection.request("GET", f"{address.path}?{address.query}" if address.query else address.path, headers=HEADERS)
        response = connection.getresponse()
        return response.status, response.read().decode(errors="replace")
    finally:
        connection.close()


if __name__ == "__main__":
    django.setup()
    act, options = sys.argv[1:]
    print(json.dumps({"publish": publish, "queries": queries, "fresh": fresh}[act](**json.loads(options))))
