"""After the transaction: mark what was stored while it was open, and number what changed, one settler at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, F, Max, Q
from django.utils import timezone

from ledger.changes import announce

from ..models import Era, PublicChange, PublicObject, StoredList, StoredRead
from . import objects, totals
from .marking import Mark, apply

# Any number that no other part of the house locks.
LOCK = 0x73657474
# So many changes, of so many pages together (one more may be larger), are settled in one transaction.
BATCH, PAGES = 200, 2_000
# So many objects are numbered anew in one transaction.
RENUMBERED = 5_000
# More than were ever given between two backups; the numbers of the feed hold some eighty of these.
RESTORED = 100_000_000
KEPT = timedelta(days=7)
NUMBER = """
UPDATE delivery_publicobject SET number = given.number, changed_at = %s
FROM (SELECT id, %s + row_number() OVER (ORDER BY id) AS number FROM delivery_publicobject WHERE {these}) given
WHERE delivery_publicobject.id = given.id
"""
UNNUMBERED = "number IS NULL"
WITHIN = "id > %s AND id <= %s AND (is_public OR number IS NULL)"


def settle(parts: int | None = None) -> int:
    """Settle the changes whose transactions are over; return how many. Returns at once when somebody else does it.

    In parts, each in its own transaction, all of them or so many: whoever is killed, or goes away, leaves the rest.
    """
    if not _is_needed():
        return 0
    settled, done = 0, 0
    while parts is None or done < parts:
        part = _settle_some()
        settled, done = settled + part, done + 1
        if not _number_anew() and not part:
            break
    if Era.objects.filter(totalled_at=None, counted_at__isnull=False).exists() and not _is_needed():
        count_totals()
    return settled


def count_objects() -> None:
    """Enter all that is public, once; what changes afterwards enters itself."""
    with transaction.atomic():
        if _is_alone() and Era.objects.filter(counted_at=None).exists():
            objects.count_all()
            _number(UNNUMBERED)
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


@transaction.atomic
def begin_anew() -> None:
    """Let whoever keeps a copy start again: a backup was restored, and what was told since it was made is not so.

    The numbers go on far behind any that were given meanwhile; what is stored or at the edge is rendered anew.
    """
    Era.objects.update(number=F("number") + RESTORED)
    Era.objects.update(forgotten=F("number"))
    announce(everything=True)


def _is_needed() -> bool:
    waiting = PublicChange.objects.filter(settled_at=None)
    unnumbered = PublicObject.objects.filter(number=None)
    return Era.objects.filter(Q(renumbered__isnull=False) | Exists(waiting) | Exists(unnumbered)).exists()


@transaction.atomic
def _settle_some() -> int:
    if not _is_alone():
        return 0
    # Whoever changes everything takes the era first and marks reads then; so does this.
    Era.objects.select_for_update().get()
    changes = _first_changes()
    marks = [Mark(**change.change) for change in changes]
    for mark in marks:
        _settle(mark)
    totals.note({page for mark in marks for page in mark.pages})
    _number(UNNUMBERED)
    if changes:
        PublicChange.objects.filter(pk__in=[change.pk for change in changes]).update(settled_at=timezone.now())
        Era.objects.update(settled=F("settled") + 1)
    return len(changes)


def _first_changes() -> list[PublicChange]:
    found: list[PublicChange] = []
    pages = 0
    for change in PublicChange.objects.filter(settled_at=None).order_by("pk")[:BATCH]:
        pages += len(change.change["pages"])
        if found and pages > PAGES:
            break
        found.append(change)
    return found


def _settle(mark: Mark) -> None:
    apply(mark)
    objects.note_pages(mark.pages)
    objects.note_rows(mark.topics)
    objects.note_redirects(mark.pages)
    if mark.everything:
        for model in objects.EVERYWHERE:
            objects.note_all_rows(model)
        # Takes long: begun here, done in parts; until it is, lists are counted.
        Era.objects.update(renumbered=0, totalled_at=None)
    elif (touched := _touched(mark)) is not None:
        PublicObject.objects.filter(touched, is_public=True).update(number=None)


def _touched(mark: Mark) -> Q | None:
    found = mark.reads
    if found is None:
        return None
    subjects = StoredRead.objects.filter(found, subject__isnull=False).values("subject")
    return Q(pk__in=subjects)


@transaction.atomic
def _number_anew() -> bool:
    """Number some of the objects anew that a change of everything reached; say whether there were any."""
    if not _is_alone():
        return False
    behind = Era.objects.values_list("renumbered", flat=True).get()
    if behind is None:
        return False
    rows = PublicObject.objects.filter(pk__gt=behind).order_by("pk")
    last = rows.values_list("pk", flat=True)[:RENUMBERED].aggregate(last=Max("pk"))["last"]
    if last is not None:
        _number(WITHIN, behind, last)
    Era.objects.update(renumbered=last)
    return True


def _number(these: str, *values: int) -> None:
    """Number some objects after all that have a number."""
    era: Any = Era.objects.select_for_update().get()
    with connection.cursor() as cursor:
        cursor.execute(NUMBER.format(these=these), [timezone.now(), era.number, *values])
        if cursor.rowcount > 0:
            Era.objects.update(number=era.number + cursor.rowcount)


def _is_alone() -> bool:
    """Take the lock of the settler until the end of the transaction; SQLite has given the writer's at BEGIN."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
