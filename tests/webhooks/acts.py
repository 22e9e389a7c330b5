"""What the tests of webhooks do again and again."""

from __future__ import annotations

from typing import Any

from cms.webhooks.queueing import last_sequence, queue_deliveries
from cms.webhooks.sending import send_due
from ledger.models import Webhook
from ledger.sealing import seal_events


def follow(organisation: Any, address: str = "https://receiver.example.org/", **fields: Any) -> Webhook:
    """Register an address that is told from now on."""
    seal_events()
    return Webhook.objects.create(
        name="示例接收方", address=address, organisation_id=organisation.pk, reached=last_sequence(), **fields
    )


def queue() -> int:
    """Seal and queue."""
    seal_events()
    return queue_deliveries()


def deliver() -> int:
    """Seal, queue, send until nothing is due."""
    queue()
    tried = 0
    while count := send_due():
        tried += count
    return tried
