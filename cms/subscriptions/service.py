"""The acts on a subscription: ask, confirm, end, forget. Nobody learns from them whether an address is subscribed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from .alerts import forget_told
from .links import CONFIRM_WITHIN, ExpiredError, next_time, read_confirm, read_out
from .models import Subscription
from .sealing import digest, seal
from .sending import send_due

if TYPE_CHECKING:
    from datetime import datetime

COUNTED = timedelta(hours=24)


@dataclass(frozen=True)
class Wish:
    """What is asked for."""

    address: str
    choice: str
    cadence: str
    language: str
    urgent: bool = False


@task()
def send_soon() -> None:
    """Send what is due; enqueued by each wish."""
    send_due(timezone.now())


@transaction.atomic
def ask(wish: Wish) -> None:
    """Note a wish and let the address be asked; too many wishes for one address are left unheard, in silence."""
    now, found = timezone.now(), digest(wish.address)
    asked = Subscription.objects.filter(digest=found, confirmed_at=None, asked_at__gt=now - COUNTED)
    if asked.count() >= settings.SUBSCRIPTION_MAILS_PER_ADDRESS:
        return
    Subscription.objects.create(
        digest=found,
        address=seal(wish.address),
        choice=wish.choice,
        cadence=wish.cadence,
        language=wish.language,
        urgent=wish.urgent,
        asked_at=now,
        next_at=now,
    )
    # Robust: if the queue of tasks is broken, the due job sends a minute later.
    transaction.on_commit(partial(send_soon.enqueue), robust=True)


@transaction.atomic
def confirm(token: str) -> Subscription:
    """Begin a subscription; what the same address had before ends. Confirming twice is no fault."""
    now = timezone.now()
    found = read_confirm(token)
    subscription = Subscription.objects.select_for_update().filter(key=found).first()
    if subscription is None or (subscription.confirmed_at is None and subscription.asked_at < now - CONFIRM_WITHIN):
        raise ExpiredError
    if subscription.confirmed_at is None:
        _take_the_place(subscription)
        subscription.confirmed_at = subscription.told_until = now
        subscription.next_at = next_time(subscription.cadence, now)
        subscription.attempts = 0
        subscription.save()
    return subscription


def _take_the_place(subscription: Subscription) -> None:
    """End what the same address had before; how often it was written to today stays true."""
    former = Subscription.objects.filter(digest=subscription.digest).exclude(pk=subscription.pk)
    for each in former.exclude(alerted_on=None).order_by("alerted_on"):
        subscription.alerted_on, subscription.alerts_sent = each.alerted_on, each.alerts_sent
    former.delete()


def pending(token: str) -> Subscription:
    """Return what a link to confirm is about, without confirming anything: programs open links, too."""
    subscription = Subscription.objects.filter(key=read_confirm(token)).first()
    if subscription is None:
        raise ExpiredError
    return subscription


def end(token: str) -> None:
    """End a subscription: the row goes, and the address with it. Ending twice is no fault."""
    Subscription.objects.filter(key=read_out(token)).delete()


def forget(now: datetime) -> int:
    """Delete what nobody confirmed in time, and what has run its course."""
    lapsed = now - timedelta(days=settings.SUBSCRIPTION_DAYS)
    old = Q(confirmed_at=None, asked_at__lt=now - CONFIRM_WITHIN) | Q(confirmed_at__lt=lapsed)
    forget_told(now)
    return Subscription.objects.filter(old).delete()[0]
