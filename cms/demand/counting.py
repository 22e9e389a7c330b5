"""Count the lines of a file, a part in a transaction: what was counted and how far it was read are one.

A crash in the middle takes both back, so that nothing is counted twice and nothing is left out.
"""

from __future__ import annotations

import logging
from collections import Counter
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.one_at_a_time import hold

from .addresses import Thing, things
from .lines import LONGEST, files, is_over, tally
from .models import Query, RareSearches, Reading, Searches, Views
from .queries import add_searches

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

logger = logging.getLogger(__name__)
PART_BYTES = 256_000
# A clock that goes wrong fills no table with days to come.
AHEAD = timedelta(days=1)
BATCH = 500


def count_all() -> int:
    """Count what is new in all files; return how many lines were read. Our own files go when they are over."""
    return sum(count_file(path) for path in files())


def count_file(path: Path) -> int:
    """Count what is new in a file. Two who count at once wait for each other."""
    counted = 0
    over = is_over(path)
    try:
        while lines := _count_part(path):
            counted += lines
        if over:
            path.unlink()
    except FileNotFoundError:
        # The other one was done with it.
        pass
    except OSError as error:
        # One that may not be read keeps nobody from the others.
        logger.warning("A file of lines is not counted: %s", error)
    return counted


@transaction.atomic
def _count_part(path: Path) -> int:
    hold((Reading, 0))
    with path.open("rb") as file:
        first = file.readline(LONGEST)
        if not first.endswith(b"\n") and len(first) < LONGEST:
            return 0
        reading, _made = Reading.objects.get_or_create(digest=sha256(first).hexdigest())
        file.seek(reading.offset)
        part = file.read(PART_BYTES)
    # The last line may still be on its way.
    end = part.rfind(b"\n") + 1
    if not end and len(part) < PART_BYTES:
        return 0
    lines = part[: end or len(part)].splitlines()
    _add(lines)
    reading.offset += end or len(part)
    reading.save()
    return len(lines)


def _add(lines: Iterable[bytes]) -> None:
    found = tally(lines)
    today = timezone.localdate()
    first, last = today - timedelta(days=settings.DEMAND_DAYS), today + AHEAD
    known = things({(way, path) for day, way, path in found.reads if first <= day <= last})
    reads: Counter[tuple[date, str, Thing]] = Counter()
    for (day, way, path), number in found.reads.items():
        if first <= day <= last and (way, path) in known:
            reads[day, way, known[way, path]] += number
    _add_views(reads)
    add_searches({key: asked for key, asked in found.searches.items() if first <= key[0] <= last})


def _add_views(reads: Counter[tuple[date, str, Thing]]) -> None:
    """Add numbers to the days they belong to. Three queries for each 500 numbers."""
    for start in range(0, len(reads), BATCH):
        part = list(reads.items())[start : start + BATCH]
        wanted = Q(day__in={day for (day, _way, _thing), _number in part})
        wanted &= Q(key__in={thing.key for (_day, _way, thing), _number in part})
        known = {(row.day, row.way, row.subject, row.key): row for row in Views.objects.filter(wanted)}
        new = []
        for (day, way, thing), number in part:
            row = known.get((day, way, thing.subject, thing.key))
            if row is None:
                new.append(_row(day, way, thing, number))
            else:
                row.number += number
        Views.objects.bulk_update(known.values(), ["number"])
        Views.objects.bulk_create(new)


def _row(day: date, way: str, thing: Thing, number: int) -> Views:
    return Views(
        day=day,
        way=way,
        subject=thing.subject,
        key=thing.key,
        number=number,
        organisation_id=thing.organisation,
        entry_id=thing.entry,
        industry_id=thing.industry,
    )


def purge() -> int:
    """Delete what is older than it may be; return how many rows."""
    today = timezone.localdate()
    before = today - timedelta(days=settings.DEMAND_DAYS)
    rare = today - timedelta(days=settings.DEMAND_QUERY_WINDOW)
    purged = sum(
        rows.delete()[0]
        for rows in (
            Views.objects.filter(day__lt=before),
            Searches.objects.filter(day__lt=before),
            RareSearches.objects.filter(day__lt=rare),
            Query.objects.filter(searches=None),
            # A file that old is gone; should it come back, its lines are of days that are not counted any more.
            Reading.objects.filter(read_at__date__lt=before),
        )
    )
    return purged
