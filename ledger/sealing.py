"""The one sequencer: numbers the committed events and seals them, so that whoever writes an event waits for nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from .chain import BEGINNING, digest_of
from .models import Event, Seal

if TYPE_CHECKING:
    from django.db.models import QuerySet

# Any number that no other part of the house locks.
LOCK = 0x676B6C65
BATCH = 500
# An event is written when it happens and committed with its transaction: longer than this none stays open. What
# comes later still is named by the nightly verification.
LATEST_COMMIT = timedelta(days=1)


def unsealed() -> QuerySet[Event]:
    """Return the events that have no seal yet."""
    return Event.objects.filter(~Exists(Seal.objects.filter(event=OuterRef("pk"))))


def seal_events(*, everything: bool = False) -> int:
    """Seal what has been committed; return how many. Returns at once when somebody else is sealing.

    Looks back to a day before the last seal, or, with `everything`, at all events. Batch by batch, each in a
    transaction of its own.
    """
    waiting = unsealed().order_by("pk")
    last = Seal.objects.order_by("-sequence").first()
    if last is not None and not everything:
        waiting = waiting.filter(at__gte=last.sealed_at - LATEST_COMMIT)
    sealed = 0
    while batch := _seal_batch(waiting):
        sealed += len(batch)
        if len(batch) < BATCH:
            break
        # What is committed behind this point meanwhile is left to the next run.
        waiting = waiting.filter(pk__gt=batch[-1].event_id)
    return sealed


@transaction.atomic
def _seal_batch(waiting: QuerySet[Event]) -> list[Seal]:
    if not _is_alone():
        return []
    # Asked after the lock is held: what the sequencer before this one committed is seen.
    events = list(waiting[:BATCH])
    if not events:
        return []
    last = Seal.objects.order_by("-sequence").first()
    sequence, previous, seals = (last.sequence, last.digest, []) if last else (0, BEGINNING, [])
    for event in events:
        sequence += 1
        seal = Seal(sequence=sequence, event=event)
        seal.digest = previous = digest_of(seal, event, previous)
        seals.append(seal)
    return Seal.objects.bulk_create(seals)


def _is_alone() -> bool:
    """Take the lock of the sequencer until the end of the transaction; SQLite has given the writer's at BEGIN."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
