"""What is due leaves: the mail that asks to confirm, and news. Each once: what is told is noted before it is sent.

A worker that dies between the note and the mail server loses that one mail; none is ever sent twice.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.mail import get_connection
from django.db import connection, transaction

from .alerts import leave_to_digest
from .links import next_time
from .models import Subscription
from .news import confirmation, digest_of
from .sealing import opened

if TYPE_CHECKING:
    from datetime import datetime

logger = logging.getLogger(__name__)
BATCH = 20
ROUND = 200
# A record is public a moment after the date it carries: what is being approved now is told the next time.
SETTLED = timedelta(minutes=1)
# After the last of them the mailbox is taken for gone, and the subscription with it.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 360, 1440, 1440))


def send_due(now: datetime) -> int:
    """Send what is due, handful by handful; return how many mails left."""
    sent, seen = 0, 0
    while seen < ROUND and (taken := claim(now)):
        seen += len(taken)
        sent += _send_all(taken, now)
    return sent


def claim(now: datetime) -> list[tuple[Subscription, datetime | None]]:
    """Take what is due, so that no other worker takes it: each with the moment its news begin."""
    with transaction.atomic():
        # SQLite knows no locks of rows: there, a transaction that writes is alone (see cms.settings.database).
        due = Subscription.objects.filter(next_at__lte=now).order_by("next_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        taken = [(each, each.told_until) for each in due[:BATCH]]
        for each, _since in taken:
            confirmed = each.confirmed_at is not None
            each.next_at = next_time(each.cadence, now) if confirmed else None
            each.told_until = now - SETTLED if confirmed else None
        Subscription.objects.bulk_update([each for each, _since in taken], ["next_at", "told_until"])
        leave_to_digest([each for each, _since in taken])
    return taken


def _send_all(taken: list[tuple[Subscription, datetime | None]], now: datetime) -> int:
    server: Any = get_connection()
    return sum(_send(server, each, since, now) for each, since in taken)


def _send(server: Any, each: Subscription, since: datetime | None, now: datetime) -> bool:
    """Send one mail, if there is something to say; return whether it left."""
    try:
        address = opened(each.address)
    except ValueError:
        # The site's key is another one now: nobody can be written to.
        each.delete()
        return False
    mail = confirmation(each, address) if since is None else digest_of(each, address, since)
    if mail is None:
        return False
    try:
        server.send_messages([mail])
    # Refused, silent, gone: whatever it is, it is tried again.
    except Exception as error:
        _postpone(each, since, now, error)
        return False
    if each.attempts:
        Subscription.objects.filter(pk=each.pk).update(attempts=0)
    return True


def _postpone(each: Subscription, since: datetime | None, now: datetime, error: Exception) -> None:
    # No address in the log.
    logger.warning("The mail of subscription %s was not taken: %s", each.pk, type(error).__name__)
    if each.attempts >= len(BACK_OFF):
        each.delete()
        return
    again = {"next_at": now + BACK_OFF[each.attempts], "told_until": since, "attempts": each.attempts + 1}
    Subscription.objects.filter(pk=each.pk, told_until=each.told_until).update(**again)
