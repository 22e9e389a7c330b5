"""What a process keeps at hand, in front of Django."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, reset_queries
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.withdrawable import Leaving, WithdrawalKind
from cms.delivery.stored import at_hand
from cms.delivery.stored.at_hand import AtHand

from .acts import Kept, publish

SIGNALS = (request_started, request_finished)


class Process:
    """A process of a web server: its own memory, the database of all."""

    def __init__(self) -> None:
        self.application = AtHand(get_wsgi_application())
        self.factory = RequestFactory()

    def get(self, address: str, **headers: str) -> tuple[str, bytes]:
        """Ask, as a server does."""
        told: list[Any] = []
        environ = self.factory.get(address, headers=headers).environ
        # The connection that sees the test's transaction stays open, as with Django's test client.
        for signal in SIGNALS:
            signal.disconnect(close_old_connections)
        body = b"".join(self.application(environ, lambda status, names: told.extend([status, names])))
        for signal in SIGNALS:
            signal.connect(close_old_connections)
        self.headers = dict(told[1])
        return told[0], body

    def queries(self, address: str, **headers: str) -> int:
        """Return how many queries an answer costs."""
        # A request begins by forgetting the queries of the one before.
        request_started.disconnect(reset_queries)
        with CaptureQueriesContext(connection) as queries:
            self.get(address, **headers)
        request_started.connect(reset_queries)
        return len(queries)


@pytest.fixture(autouse=True)
def always_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at each request."""
    monkeypatch.setattr(at_hand, "LOOK_SECONDS", 0)


def test_the_second_answer_is_at_hand(told: Kept, client: Any) -> None:
    process, address = Process(), f"/api/v2/disclosures/{told.price.pk}/"

    first = process.get(address)

    assert process.queries(address) == 1
    assert process.get(address) == first == ("200 OK", client.get(address).content)


def test_a_list_is_at_hand_by_what_is_asked_of_it(told: Kept) -> None:
    process, address = Process(), "/api/v2/disclosures/?entry=water:B01&limit=1"
    for _time in range(3):
        first = process.get(address)

    assert process.queries(address) == 1
    assert process.get(address) == first
    assert process.get("/api/v2/disclosures/?limit=2") != first

    publish(told.town.water, title="改名的公司")
    assert "改名的公司" in process.get(address)[1].decode()


def test_each_process_sees_what_another_one_changed(told: Kept) -> None:
    one, other, address = Process(), Process(), f"/api/v2/disclosures/{told.price.pk}/"
    for process in (one, other):
        process.get(address)
        process.get(address)

    publish(told.town.water, title="改名的公司")

    assert all("改名的公司" in process.get(address)[1].decode() for process in (one, other))


def test_what_was_withdrawn_is_at_no_hand(told: Kept) -> None:
    process, address = Process(), f"/api/v2/notices/{told.outage.pk}/"
    process.get(address)

    told.outage.leave_public(Leaving(WithdrawalKind.GONE, "内容有误"))

    assert process.get(address)[0].startswith("410")


def test_nothing_of_a_person_is_kept_or_sent(told: Kept) -> None:
    process, address = Process(), f"/api/v2/disclosures/{told.price.pk}/"
    process.get(address)

    assert process.get(address, cookie="sessionid=abc")[0].startswith("200")
    assert process.get(f"{address}?fields=title")[0].startswith("200")
    assert process.get(address, authorization="Bearer gk_x")[0].startswith("401")
    assert len(process.application.kept) == 1


def test_who_has_it_already_gets_nothing(told: Kept) -> None:
    process, address = Process(), f"/api/v2/disclosures/{told.price.pk}/"
    process.get(address)
    etag = process.headers["ETag"]

    assert process.get(address, if_none_match=etag) == ("304 Not Modified", b"")


def test_what_the_clock_may_end_is_kept_for_a_moment(told: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    process, address = Process(), f"/api/v2/disclosures/{told.price.pk}/"
    process.get(address)
    now = time.monotonic()

    monkeypatch.setattr(time, "monotonic", lambda: now + at_hand.OLDEST_SECONDS)

    assert process.queries(address) == 2


def test_between_two_looks_there_is_no_query(told: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    process, address = Process(), f"/api/v2/disclosures/{told.price.pk}/"
    process.get(address)
    monkeypatch.setattr(at_hand, "LOOK_SECONDS", 60)

    assert process.queries(address) == 0
