"""One round of sending: what is due leaves, webhook by webhook beside each other, each one's messages one by one.

A worker claims a handful for a while; whoever dies with them in hand leaves them to the next one when the claim has run
out: a receiver may see a message twice, under the same id. A receiver that does not answer is left alone for a while,
and holds up nobody else's messages.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic, time
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from ledger.guarded_http import ForbiddenAddressError, Reply, UnreachableError, post
from ledger.models import Webhook, WebhookDelivery, WebhookState
from ledger.signatures import signed_headers

from .composing import PING
from .settling import Outcome, is_trouble, release, settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

logger = logging.getLogger(__name__)

# For one message, from the name server to the last byte of the answer.
SECONDS = 10.0
ANSWER_BYTES = 2_000
# Of one webhook at a time, and webhooks at a time.
HANDFUL, WEBHOOKS, THREADS = 20, 64, 8
# A round begins no message after this: other jobs wait for the same worker.
ROUND_SECONDS = 10.0
CLAIM = timedelta(minutes=10)
AGENT = "Gongkai-Webhooks/1.0"


@dataclass(frozen=True)
class Parcel:
    """Everything a thread needs, read before: it asks no database."""

    webhook: int
    address: str
    secrets: tuple[str, ...]
    deliveries: tuple[WebhookDelivery, ...]
    claim: str
    until: float = field(default_factory=lambda: monotonic() + ROUND_SECONDS)


def send_due() -> int:
    """Send what is due; return how many messages were tried. One query when nothing is due."""
    parcels = list(_parcels(timezone.now()))
    if not parcels:
        return 0
    tried = 0
    with ThreadPoolExecutor(THREADS) as pool:
        for finished in as_completed([pool.submit(_deliver, parcel) for parcel in parcels]):
            parcel, outcomes = finished.result()
            for outcome in outcomes:
                settle(outcome, parcel.claim)
            release(parcel.deliveries[len(outcomes) :], parcel.claim)
            tried += len(outcomes)
    return tried


def _parcels(now: datetime) -> Iterator[Parcel]:
    """Claim what is due, for each webhook that may be told now. One query, and three for each of these."""
    rested = Q(rest_until=None) | Q(rest_until__lte=now)
    due = WebhookDelivery.objects.filter(webhook=OuterRef("pk")).due(now)
    ready = Webhook.objects.filter(
        (Q(state=WebhookState.ACTIVE) & rested & Q(Exists(due))) | Q(Exists(due.filter(kind=PING)))
    )
    # By chance: those that always have something do not stand in the way of the others.
    for webhook in ready.order_by("?")[:WEBHOOKS]:
        claim = get_random_string(32)
        deliveries = _claimed(webhook, claim, now)
        if deliveries:
            secrets = tuple(webhook.secrets_at(now))
            yield Parcel(webhook.pk, webhook.address, secrets, deliveries, claim)


@transaction.atomic
def _claimed(webhook: Webhook, claim: str, now: datetime) -> tuple[WebhookDelivery, ...]:
    """Take what is due, so that no other worker takes it."""
    free = WebhookDelivery.objects.filter(webhook=webhook).due(now).order_by("next_attempt_at", "pk")
    if not webhook.is_active or (webhook.rest_until is not None and webhook.rest_until > now):
        free = free.filter(kind=PING)
    # SQLite knows no locks of rows: there, a transaction that writes is alone (see cms.settings.database).
    if connection.features.has_select_for_update_skip_locked:
        free = free.select_for_update(skip_locked=True, of=("self",))
    taken = list(free[:HANDFUL])
    pks = [each.pk for each in taken]
    WebhookDelivery.objects.filter(pk__in=pks).update(claim=claim, next_attempt_at=now + CLAIM)
    return tuple(taken)


def _deliver(parcel: Parcel) -> tuple[Parcel, list[Outcome]]:
    """Send one webhook's messages, one after the other, until one fails in a way the next would too."""
    outcomes: list[Outcome] = []
    for delivery in parcel.deliveries:
        if monotonic() > parcel.until:
            break
        outcomes.append(attempt(delivery, parcel.address, parcel.secrets))
        if is_trouble(outcomes[-1]):
            break
    return parcel, outcomes


def attempt(delivery: WebhookDelivery, address: str, secrets: tuple[str, ...]) -> Outcome:
    """Send one message, whatever comes of it."""
    body, started = delivery.body.encode(), monotonic()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": AGENT,
        **signed_headers(secrets, delivery.message_id, int(time()), body),
    }
    reply, error = None, ""
    try:
        reply = post(address, body, headers, seconds=SECONDS, limit=ANSWER_BYTES)
    except ForbiddenAddressError:
        error = "forbidden address"
    except UnreachableError as unreachable:
        error = str(unreachable) or "unreachable"
    # A thread that dies would leave its messages claimed: whatever it is, it is an attempt that failed.
    except Exception as unknown:
        logger.exception("A webhook could not be told")
        error = type(unknown).__name__
    return Outcome(delivery.pk, delivery.attempts, *_read(reply), error, round((monotonic() - started) * 1000))


def _read(reply: Reply | None) -> tuple[int | None, str, str]:
    if reply is None:
        return None, "", ""
    return reply.status, reply.body.decode("utf-8", "replace"), reply.retry_after
