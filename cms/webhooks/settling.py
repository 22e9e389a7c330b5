"""What an attempt leads to: done, again later, given up; and what it says of the webhook itself."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from ledger.models import DeliveryState, Webhook, WebhookAttempt, WebhookDelivery, WebhookState

from .composing import PING
from .stopping import stop

if TYPE_CHECKING:
    from collections.abc import Iterable

# After the first failure five seconds, … ; after the last of them it is given up, three days after the first attempt.
BACK_OFF = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
# So that a thousand messages that failed together do not come back together.
JITTER = 0.1
# How long a receiver in trouble is left alone, failure by failure, and at most because it asks for it.
REST = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 300))
MOST_REST = timedelta(hours=1)
PAUSED_AFTER = timedelta(days=3)
GONE, TOO_MANY = 410, 429
ERROR_LENGTH, ANSWER_LENGTH = 255, 500


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended. `attempts` are those before it."""

    delivery: int
    attempts: int
    status: int | None
    answer: str
    retry_after: str
    error: str
    milliseconds: int

    @property
    def is_done(self) -> bool:
        """Did the receiver take it? Only 2xx says so: a redirect is not followed."""
        return self.status is not None and 200 <= self.status < 300


def is_trouble(outcome: Outcome) -> bool:
    """Is it the receiver that fails, rather than this one message?"""
    return outcome.status is None or outcome.status >= 500 or outcome.status in {GONE, TOO_MANY}


@transaction.atomic
def settle(outcome: Outcome, claim: str) -> None:
    """Write down an attempt and what follows; an attempt whose claim another worker has taken over only that it was."""
    now = timezone.now()
    delivery = WebhookDelivery.objects.filter(pk=outcome.delivery).select_related("webhook__organisation").first()
    # Somebody has deleted the webhook meanwhile.
    if delivery is None:
        return
    WebhookAttempt.objects.create(
        delivery=delivery,
        at=now,
        status=outcome.status,
        error=_plain(outcome.error)[:ERROR_LENGTH],
        milliseconds=outcome.milliseconds,
        answer=_plain(outcome.answer)[:ANSWER_LENGTH],
    )
    if delivery.claim != claim or delivery.state != DeliveryState.WAITING:
        return
    _settle(delivery, outcome, now)
    if delivery.kind != PING:
        _judge(delivery.webhook, outcome, now)


def _settle(delivery: WebhookDelivery, outcome: Outcome, now: datetime) -> None:
    delivery.attempts += 1
    delivery.status, delivery.error, delivery.claim = outcome.status, _plain(outcome.error)[:ERROR_LENGTH], ""
    if outcome.is_done:
        delivery.state, delivery.settled_at = DeliveryState.DONE, now
    elif delivery.kind == PING or delivery.attempts > len(BACK_OFF):
        delivery.state, delivery.settled_at = DeliveryState.GIVEN_UP, now
    else:
        delivery.next_attempt_at = now + with_jitter(BACK_OFF[delivery.attempts - 1])
    delivery.save()


def with_jitter(pause: timedelta) -> timedelta:
    """Return a pause, a little longer or shorter."""
    return pause * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 (no secret)


def _judge(webhook: Webhook, outcome: Outcome, now: datetime) -> None:
    """Note how the receiver does. Whoever has failed for three days, or wants no more, is told no more."""
    if outcome.is_done:
        if webhook.failures:
            Webhook.objects.filter(pk=webhook.pk).update(failures=0, failing_since=None, rest_until=None)
        return
    rest = _rest(webhook, outcome) if is_trouble(outcome) else None
    since = webhook.failing_since or now
    Webhook.objects.filter(pk=webhook.pk).update(
        failures=webhook.failures + 1, failing_since=since, rest_until=now + rest if rest else webhook.rest_until
    )
    if outcome.status == GONE:
        stop(webhook, WebhookState.GONE)
    elif now - since >= PAUSED_AFTER:
        stop(webhook, WebhookState.FAILING)


def _rest(webhook: Webhook, outcome: Outcome) -> timedelta:
    rest = REST[min(webhook.failures, len(REST) - 1)]
    asked = outcome.retry_after.strip()
    if asked.isascii() and asked.isdecimal() and len(asked) < 10:
        return min(max(rest, timedelta(seconds=int(asked))), MOST_REST)
    return rest


def release(deliveries: Iterable[WebhookDelivery], claim: str) -> None:
    """Give back what was not tried, due as it was."""
    untried = [each.pk for each in deliveries]
    if untried:
        mine = WebhookDelivery.objects.filter(pk__in=untried, claim=claim, state=DeliveryState.WAITING)
        mine.update(claim="", next_attempt_at=timezone.now())


def _plain(text: str) -> str:
    """Take out what PostgreSQL cannot keep."""
    return text.replace("\x00", "")
