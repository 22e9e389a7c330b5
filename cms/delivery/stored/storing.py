"""Keep what was rendered, where nothing it rests on has changed meanwhile. No reader waits or fails for it."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import Error, connection, transaction
from django.utils import timezone

from cms.api.shelf import without

from ..models import Dependency, StoredRead
from . import edge, eras

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpResponse

    from .dependencies import Grounds
    from .reading import Found

logger = logging.getLogger(__name__)
# How long a reader waits for a lock before going on without storing.
PATIENCE_MS = 50
HOLD = {
    "postgresql": "SELECT frame, content FROM delivery_era FOR SHARE",
    "sqlite": "SELECT frame, content FROM delivery_era",
}
# Made anew for each answer, or by somebody further out.
NOT_KEPT = {
    "date",
    "set-cookie",
    "cache-control",
    "content-length",
    "content-encoding",
    "ratelimit",
    "ratelimit-policy",
}


def register(address: str, variant: str, grounds: Grounds, subject: Callable[[], int | None]) -> bool:
    """Write down what an answer rests on, before it is rendered again; say whether that was possible."""
    try:
        with impatient():
            _register(address, variant, grounds, subject())
    except Error:
        logger.info("What %s rests on could not be written down now.", address, exc_info=True)
        return False
    return True


def _register(address: str, variant: str, grounds: Grounds, subject: int | None) -> None:
    row, made = StoredRead.objects.get_or_create(address=address, variant=variant)
    if not made:
        row = StoredRead.objects.select_for_update().get(pk=row.pk)
        row.wanted += 1
    row.is_fresh, row.stored_at, row.subject_id = False, None, subject
    row.path, row.lists, row.topics = grounds.path, grounds.lists, grounds.written
    row.save()
    known = set(row.dependencies.values_list("topic", flat=True))
    row.dependencies.filter(topic__in=known - grounds.topics).delete()
    Dependency.objects.bulk_create(Dependency(read=row, topic=topic) for topic in sorted(grounds.topics - known))


def is_quiet() -> bool:
    """Is no change under way that has marked already, and so knows nothing of what was written down since?

    Asked before the first rendering that may be kept: whatever marks later finds it. SQLite has one writer, and
    nothing is written down while another transaction writes.
    """
    if connection.vendor != "postgresql":
        return True
    try:
        with impatient(), connection.cursor() as cursor:
            # Each change has written its row there before it marks.
            cursor.execute("LOCK TABLE delivery_publicchange IN SHARE MODE NOWAIT")
    except Error:
        return False
    return True


def store(address: str, variant: str, found: Found, grounds: Grounds, response: HttpResponse) -> bool:
    """Keep an answer that was rendered after `found` was read; say whether it was kept.

    Not where somebody has marked it since, nor where it turned out to rest on something else than was written down.
    """
    if found.pk is None or found.grounds != (grounds.path, grounds.lists, grounds.written):
        return False
    try:
        with edge.taken_back_on_failure((address, variant)) as put, impatient():
            return _store(found, grounds, response, put)
    except Error:
        logger.info("%s could not be stored now.", address, exc_info=True)
        return False


def _store(found: Any, grounds: Grounds, response: HttpResponse, put: Callable[[str, bytes], None]) -> bool:
    kept = StoredRead.objects.filter(pk=found.pk, wanted=found.wanted).update(
        body=response.content,
        listed=_listed(response),
        headers=lasting_headers(response),
        era=found.era,
        is_fresh=True,
        fresh_until=grounds.until,
        stored_at=timezone.now(),
    )
    # What the clock changes is not put where no clock is read.
    if kept and settings.EDGE_ROOT and grounds.until is None and _era_stands(found.era):
        put(response["Content-Type"], response.content)
    return bool(kept)


def lasting_headers(response: HttpResponse) -> dict[str, str]:
    """Return the headers that are the same each time."""
    return {name: value for name, value in response.items() if name.lower() not in NOT_KEPT}


def _listed(response: Any) -> bytes | None:
    """Return what lists show of a row; None where they show all, and of a page."""
    omitted = getattr(response, "listing_omits", None)
    return without(response.content, omitted) if omitted else None


def put_out(place: tuple[str, str], found: Found) -> None:
    """Put a fresh answer at the edge again, where its file has gone: after a change that was rolled back, say."""
    if not found.lasts or found.answer is None or edge.has(*place):
        return
    try:
        with edge.taken_back_on_failure(place) as put, impatient():
            rows = StoredRead.objects.select_for_update().filter(pk=found.pk or 0, wanted=found.wanted, is_fresh=True)
            if rows.exists() and _era_stands(found.era):
                put(found.answer["Content-Type"], found.answer.content)
    except Error:
        logger.info("%s could not be put at the edge now.", place[0], exc_info=True)


def _era_stands(era: str) -> bool:
    """Hold the era until the file is written, if it still stands: whoever ends it removes the file afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD.get(connection.vendor, HOLD["sqlite"]))
        frame, content = cursor.fetchone()
    return era in {eras.of_page(frame, content), eras.of_row(frame, content)}


@contextmanager
def impatient() -> Iterator[Any]:
    """Open a transaction that gives up at once where others write."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
            yield
        return
    before = settings.DATABASES["default"]["OPTIONS"].get("timeout", 5) * 1000
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    try:
        with transaction.atomic():
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")
