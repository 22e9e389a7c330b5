"""Remove events older than the law asks to keep: an act with a reason, itself an event on which the chain goes on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.events import record
from ledger.models import Seal
from ledger.verification import PURGED, verify

if TYPE_CHECKING:
    from datetime import datetime

# 网络安全法第二十一条: not less than six months.
KEPT_DAYS = 180


@transaction.atomic
def purge(*, days: int, reason: str) -> int:
    """Remove the sealed events before a day and their seals; return how many. Raises ValidationError.

    Only from the beginning of an unbroken chain, only what is wholly old; the last seal always stays. On PostgreSQL
    the database lets only those delete who own the tables or have no owner role, and nobody what is younger.
    """
    if days < KEPT_DAYS:
        raise ValidationError(_("审计至少留存 %(days)d 天，不能清理更近的。") % {"days": KEPT_DAYS})
    if not reason.strip():
        raise ValidationError(_("请写明清理的理由。"))
    verdict = verify()
    if not verdict.holds:
        raise ValidationError(_("审计链有断点，先查明再清理：%(problem)s") % {"problem": verdict.problem})
    before = timezone.now() - timedelta(days=days)
    last = _last_to_go(before)
    if last is None:
        return 0
    gone = Seal.objects.filter(sequence__lte=last.sequence)
    events = list(gone.values_list("event_id", flat=True))
    record(
        PURGED,
        sequence=last.sequence,
        digest=last.digest,
        events=len(events),
        happened_before=before.isoformat(),
        reason=reason.strip(),
    )
    _delete(last.sequence)
    return len(events)


def _last_to_go(before: datetime) -> Seal | None:
    """Return the last seal of the unbroken old beginning."""
    seals = Seal.objects.order_by("sequence")
    young = seals.exclude(event__at__lt=before, sealed_at__lt=before).aggregate(first=Min("sequence"))["first"]
    final = seals.last()
    if final is None:
        return None
    end = min(young or final.sequence, final.sequence)
    return seals.filter(sequence__lt=end).last()


def _delete(sequence: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL gongkai.purge = 'on'")
        events = "SELECT event_id FROM ledger_seal WHERE sequence <= %s"
        cursor.execute(f"DELETE FROM ledger_event WHERE id IN ({events})", [sequence])  # noqa: S608
        cursor.execute("DELETE FROM ledger_seal WHERE sequence <= %s", [sequence])
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL gongkai.purge = 'off'")
