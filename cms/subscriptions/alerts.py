"""Outages are told at once: noted for each subscription that they touch, then sent, each of them once.

Two steps: `find` notes whom a new outage concerns, `send_alerts` sends what is noted, as few mails as it takes and so
many a day at most. What is not sent so stands in the next digest; what is sent so does not.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from cms.mine.reading import OUTAGES
from cms.mine.touching import Meanings, Outage
from pages.models import PublicationRecord

from .models import Alert, FoundOutage, Subscription
from .news import alert_of
from .sealing import opened

if TYPE_CHECKING:
    from datetime import datetime

logger = logging.getLogger(__name__)
# What became public while the worker was away longer than this is told by the digest.
LOOK_BACK = timedelta(hours=24)
KEPT = timedelta(days=60)
BATCH, ROUND = 50, 500
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (2, 10, 30))


def find(now: datetime) -> int:
    """Note whom the new outages concern; return how many mails that asks for."""
    fresh = PublicationRecord.objects.filter(
        Q(page__noticepage__ends_at=None) | Q(page__noticepage__ends_at__gt=now),
        page__noticepage__kind__in=OUTAGES,
        first_published_at__gt=now - LOOK_BACK,
        first_published_at__lte=now,
        is_public=True,
    ).exclude(pk__in=FoundOutage.objects.values("record"))
    records = list(
        fresh.select_related("organisation__roster").annotate(named=F("page__noticepage__division_codes"))
        if settings.SUBSCRIPTION_ALERTS_PER_DAY
        else ()
    )
    meanings = Meanings()
    return sum(_note(record, meanings, now) for record in records)


@transaction.atomic
def _note(record: PublicationRecord, meanings: Meanings, now: datetime) -> int:
    _found, is_first = FoundOutage.objects.get_or_create(record=record, defaults={"found_at": now})
    if not is_first:
        return 0
    outage = Outage.of(record)
    asked = Subscription.objects.filter(urgent=True, confirmed_at__lte=record.first_published_at)
    touched = [pk for pk, choice in asked.values_list("pk", "choice") if meanings.touches(choice, outage)]
    alerts = [Alert(subscription_id=pk, record=record, due_at=now) for pk in touched]
    Alert.objects.bulk_create(alerts, batch_size=500, ignore_conflicts=True)
    return len(alerts)


def send_alerts(now: datetime) -> int:
    """Send what is noted; return how many mails left."""
    sent, seen, server = 0, 0, get_connection()
    while seen < ROUND and (taken := _claim(now)):
        seen += len(taken)
        sent += sum(_send(server, subscription, alerts, now) for subscription, alerts in taken)
    return sent


@transaction.atomic
def _claim(now: datetime) -> list[tuple[Subscription, list[Alert]]]:
    """Take the alerts of a handful of subscriptions, marked as sent, so that no other worker sends them."""
    due = Alert.objects.filter(due_at__lte=now)
    owners = Subscription.objects.filter(pk__in=due.values("subscription")).order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        owners = owners.select_for_update(skip_locked=True)
    waiting: dict[int, list[Alert]] = defaultdict(list)
    found = {owner.pk: owner for owner in owners[:BATCH]}
    for alert in due.filter(subscription__in=found).order_by("pk"):
        waiting[alert.subscription_id].append(alert)
    # So many mails a day and no more: of the rest the digest tells.
    taken = [(found[pk], alerts) for pk, alerts in waiting.items() if _may_write(found[pk], now)]
    due.filter(subscription__in=found.keys() - {owner.pk for owner, _alerts in taken}).delete()
    marked = [alert.pk for _owner, alerts in taken for alert in alerts]
    Alert.objects.filter(pk__in=marked).update(due_at=None, sent_at=now)
    Subscription.objects.bulk_update([owner for owner, _alerts in taken], ["alerted_on", "alerts_sent"])
    return taken


def _may_write(owner: Subscription, now: datetime) -> bool:
    """Count one more mail of this day, if there may be one more."""
    today = timezone.localdate(now)
    if owner.alerted_on != today:
        owner.alerted_on, owner.alerts_sent = today, 0
    if owner.alerts_sent >= settings.SUBSCRIPTION_ALERTS_PER_DAY:
        return False
    owner.alerts_sent += 1
    return True


def _send(server: Any, owner: Subscription, alerts: list[Alert], now: datetime) -> bool:
    """Send one mail; return whether it left."""
    try:
        address = opened(owner.address)
    except ValueError:
        # The site's key is another one now: nobody can be written to.
        owner.delete()
        return False
    mail = alert_of(owner, address, [alert.record_id for alert in alerts], now)
    if mail is None:
        # Whatever there still is to tell, the digest tells.
        Alert.objects.filter(pk__in=[alert.pk for alert in alerts]).delete()
        return False
    try:
        server.send_messages([mail])
    # Refused, silent, gone: whatever it is, it is tried again, and at last told by the digest.
    except Exception as error:
        logger.warning("The alert of subscription %s was not taken: %s", owner.pk, type(error).__name__)
        _postpone(owner, alerts, now)
        return False
    return True


@transaction.atomic
def _postpone(owner: Subscription, alerts: list[Alert], now: datetime) -> None:
    Subscription.objects.filter(pk=owner.pk, alerts_sent__gt=0).update(alerts_sent=F("alerts_sent") - 1)
    for alert in alerts:
        mine = Alert.objects.filter(pk=alert.pk)
        if alert.attempts >= len(BACK_OFF):
            mine.delete()
        else:
            mine.update(due_at=now + BACK_OFF[alert.attempts], sent_at=None, attempts=alert.attempts + 1)


def leave_to_digest(subscriptions: list[Subscription]) -> None:
    """Drop what waits, for subscriptions whose digest leaves now and tells it."""
    Alert.objects.filter(subscription__in=subscriptions, sent_at=None).delete()


def forget_told(now: datetime) -> int:
    """Delete what was told so long ago that no digest asks for it."""
    old = now - KEPT
    told = Alert.objects.filter(Q(sent_at__lt=old) | Q(due_at__lt=old)).delete()[0]
    return told + FoundOutage.objects.filter(found_at__lt=old).delete()[0]
