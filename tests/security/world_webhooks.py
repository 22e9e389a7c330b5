"""Whom the office tells of its changes."""

from __future__ import annotations

from typing import Any

from ledger.models import DeliveryState, Webhook, WebhookDelivery
from tests.town import Town


def webhooks(town: Town) -> dict[str, Any]:
    """Return the office's webhook with something it was told, and one of the street beside it."""
    address = "https://receiver.example.org/"
    own, other = (
        Webhook.objects.create(name="示例接收方", address=address, organisation_id=place.pk)
        for place in (town.education_office, town.street)
    )
    delivery = WebhookDelivery.objects.create(
        webhook=own, sequence=1, kind="content.changed", object_key="pages:1", message_id="msg_sample", body="{}",
        state=DeliveryState.DONE,
    )  # fmt: skip
    return {"webhook": own, "other webhook": other, "webhook delivery": delivery}
