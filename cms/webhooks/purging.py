"""What was told, and how it went, is kept for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.models import WebhookDelivery

if TYPE_CHECKING:
    from datetime import datetime

CHUNK = 1_000


def purge(before: datetime) -> int:
    """Delete the settled deliveries from before a moment, a thousand at a time; return how many."""
    purged = 0
    old = WebhookDelivery.objects.filter(settled_at__lt=before).order_by("pk")
    while pks := list(old.values_list("pk", flat=True)[:CHUNK]):
        WebhookDelivery.objects.filter(pk__in=pks).delete()
        purged += len(pks)
    return purged
