"""After the transaction: mark what was stored while it was open, and number what changed, one settler at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from ..models import Era, PublicChange, PublicObject, StoredList, StoredRead
from . import objects, totals
from .marking import Mark, apply

# Any number that no other part of the house locks.
LOCK = 0x73657474
BATCH = 200
KEPT = timedelta(days=7)
NUMBER = """
UPDATE delivery_publicobject SET number = given.number, changed_at = %s
FROM (SELECT id, %s + row_number() OVER (ORDER BY id) AS number FROM delivery_publicobject WHERE number IS NULL) given
WHERE delivery_publicobject.id = given.id
"""


def settle() -> int:
    """Settle the changes whose transactions are over; return how many. Returns at once when somebody else does it."""
    if not _is_needed():
        return 0
    settled = 0
    while part := _settle_some():
        settled += part
        if part < BATCH:
            break
    return settled


def count_objects() -> None:
    """Enter all that is public, once; what changes afterwards enters itself."""
    with transaction.atomic():
        if _is_alone() and Era.objects.filter(counted_at=None).exists():
            objects.count_all()
            _number()
            Era.objects.update(counted_at=timezone.now())
    objects.note_new_kinds()
    if Era.objects.filter(totalled_at=None).exists():
        count_totals()


@transaction.atomic
def count_totals() -> None:
    """Count anew what is settled from then on, unless somebody else settles now."""
    if _is_alone():
        totals.count_anew()


def forget() -> int:
    """Remove tombstones, settled changes and lists that nobody asks for any more; return how many tombstones."""
    with transaction.atomic():
        old = PublicObject.objects.filter(
            is_public=False, changed_at__lt=timezone.now() - timedelta(days=settings.TOMBSTONE_DAYS)
        )
        last = old.aggregate(last=Max("number"))["last"]
        if last is not None:
            Era.objects.filter(forgotten__lt=last).update(forgotten=last)
        gone = old.delete()[0]
        PublicChange.objects.filter(settled_at__lt=timezone.now() - KEPT).delete()
        StoredList.objects.filter(stored_at__lt=timezone.now() - KEPT).delete()
    return gone


def _is_needed() -> bool:
    return PublicChange.objects.filter(settled_at=None).exists() or PublicObject.objects.filter(number=None).exists()


@transaction.atomic
def _settle_some() -> int:
    if not _is_alone():
        return 0
    changes = list(PublicChange.objects.filter(settled_at=None).order_by("pk")[:BATCH])
    marks = [Mark(**change.change) for change in changes]
    for mark in marks:
        _settle(mark)
    _settle_totals(marks)
    _number()
    if changes:
        PublicChange.objects.filter(pk__in=[change.pk for change in changes]).update(settled_at=timezone.now())
        Era.objects.update(settled=F("settled") + 1)
    return len(changes)


def _settle(mark: Mark) -> None:
    apply(mark)
    objects.note_pages(mark.pages)
    objects.note_rows(mark.topics)
    touched = Q(pk__isnull=False) if mark.everything else _touched(mark)
    objects.note_redirects(mark.pages)
    for model in objects.EVERYWHERE if mark.everything else ():
        objects.note_all_rows(model)
    if touched is not None:
        PublicObject.objects.filter(touched, is_public=True).update(number=None)


def _settle_totals(marks: list[Mark]) -> None:
    if any(mark.everything for mark in marks):
        totals.count_anew()
    else:
        totals.note({page for mark in marks for page in mark.pages})


def _touched(mark: Mark) -> Q | None:
    found = mark.reads
    if found is None:
        return None
    subjects = StoredRead.objects.filter(found, subject__isnull=False).values("subject")
    return Q(pk__in=subjects)


def _number() -> None:
    """Number what has none, after all that has one."""
    era: Any = Era.objects.select_for_update().get()
    with connection.cursor() as cursor:
        cursor.execute(NUMBER, [timezone.now(), era.number])
        if cursor.rowcount > 0:
            Era.objects.update(number=era.number + cursor.rowcount)


def _is_alone() -> bool:
    """Take the lock of the settler until the end of the transaction; SQLite has given the writer's at BEGIN."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
