"""Two workers at once: each event is queued once, each message is sent once."""

from __future__ import annotations

from collections import Counter
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections

from cms.webhooks.queueing import queue_deliveries
from cms.webhooks.sending import send_due
from ledger.models import DeliveryState, WebhookDelivery
from ledger.sealing import seal_events
from tests.factories import make_disclosure
from tests.town import build_town

from .acts import follow
from .receiver import receiving

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS, PAGES = 3, 12


def at_once(work: Any) -> None:
    """Let several workers begin at the same moment."""
    ready, failed = Barrier(WORKERS), []

    def run() -> None:
        try:
            ready.wait(10)
            work()
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_each_message_is_queued_and_sent_once(settings: Any) -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads share no memory database")
    town = build_town()
    with receiving() as one, receiving() as two:
        settings.GUARDED_HTTP_ALLOWED = [each.address.split("/")[2] for each in (one, two)]
        follow(town.portal, one.address)
        follow(town.water, two.address)
        pages = [make_disclosure(town.water, town.entries["water_price"]).pk for _number in range(PAGES)]
        seal_events()

        at_once(queue_deliveries)
        at_once(lambda: [send_due() for _round in range(4)])

    for receiver in (one, two):
        assert Counter(pk for _kind, pk in receiver.kinds) == Counter(pages)
    assert WebhookDelivery.objects.filter(state=DeliveryState.DONE).count() == 2 * PAGES
    assert WebhookDelivery.objects.count() == 2 * PAGES
