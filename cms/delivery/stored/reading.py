"""Ask for the answer under an address: one query."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.utils import timezone

from . import eras

QUERY = """
SELECT e.frame, e.content, r.id, r.wanted, r.is_fresh, r.era, r.fresh_until, r.path, r.lists, r.topics,
       CASE WHEN r.is_fresh THEN r.body END, r.headers, r.stored_at
FROM delivery_era e LEFT JOIN delivery_storedread r ON r.address = %s AND r.variant = %s
"""


@dataclass(frozen=True)
class Found:
    """What stands under an address, fresh or not, and the era in which it was asked for."""

    era: str
    pk: int | None
    wanted: int
    grounds: tuple[str, str, str]
    answer: HttpResponse | None
    # No clock ends it.
    lasts: bool = False
    # Was it kept before, since it was written down what it rests on?
    was_kept: bool = False


def find(address: str, variant: str, *, is_page: bool) -> Found:
    """Return what is stored under an address."""
    with connection.cursor() as cursor:
        cursor.execute(QUERY, [address, variant])
        row = cursor.fetchone()
    frame, content, pk, wanted, is_fresh, stored_era, until, path, lists, topics, body, headers, stored_at = row
    era = (eras.of_page if is_page else eras.of_row)(frame, content)
    fresh = bool(is_fresh) and stored_era == era and body is not None and is_in_time(until)
    found = answer(body, headers) if fresh else None
    grounds = (path or "", lists or "", topics or "")
    return Found(era, pk, wanted or 0, grounds, found, lasts=until is None, was_kept=stored_at is not None)


def is_in_time(until: Any) -> bool:
    """Has its moment not come yet?"""
    last = moment(until)
    return last is None or last > timezone.now()


def moment(value: Any) -> datetime | None:
    """Return a moment as the database wrote it: SQLite stores moments of UTC, and does not say so."""
    if value is None:
        return None
    found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def answer(body: Any, headers: Any) -> HttpResponse:
    """Return the answer that was kept."""
    kept = json.loads(headers) if isinstance(headers, str) else headers
    return HttpResponse(bytes(body), headers=kept)
