"""Whole lists of the API, kept as they were answered, and sent until anything public changes.

Why no stale list can stay: a list is kept with how often changes had been settled before its first row was read, and
only if none was waiting then. Whatever is committed afterwards waits at once, and no list is sent while something
waits; settling it ends all lists. Publishing marks none of them, and waits for none.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import Error, connection
from django.http import HttpResponse

from ..models import StoredList, StoredRead
from . import eras
from .reading import answer, is_in_time
from .storing import impatient, lasting_headers

if TYPE_CHECKING:
    from cms.api.together import Together

logger = logging.getLogger(__name__)
QUERY = """
SELECT e.frame, e.content, e.settled, EXISTS (SELECT 1 FROM delivery_publicchange WHERE settled_at IS NULL),
       l.era, l.fresh_until, l.headers, l.body
FROM delivery_era e LEFT JOIN delivery_storedlist l ON l.address = %s AND l.settled = e.settled
"""
LONGEST = 1000
# So many lists are kept, and none longer than so many bytes.
MOST, MOST_BYTES = 2_000, 500_000
# Who reads a list page by page asks for each page once: only what is asked again is looked for, and kept.
REMEMBERED = 5_000
_asked: OrderedDict[str, bool] = OrderedDict()


@dataclass(frozen=True)
class FoundList:
    """What is kept of a list; and as of which moment it may be kept, where nothing was waiting to be settled."""

    era: str
    settled: int | None
    answer: HttpResponse | None


def is_asked_again(address: str) -> bool:
    """Was a list asked for in this process before? Remembers that it is now."""
    # Threads share it: what one has found, another may have dropped since.
    known = _asked.pop(address, False)
    _asked[address] = True
    if len(_asked) > REMEMBERED:
        _asked.popitem(last=False)
    return known


def find(address: str) -> FoundList:
    """Return what is kept of a list: one query."""
    with connection.cursor() as cursor:
        cursor.execute(QUERY, [address])
        frame, content, settled, is_waiting, kept_era, until, headers, body = cursor.fetchone()
    era = eras.of_row(frame, content)
    if is_waiting:
        return FoundList(era, None, None)
    fresh = body is not None and kept_era == era and is_in_time(until)
    return FoundList(era, settled, answer(body, headers) if fresh else None)


def keep(address: str, found: FoundList, response: Any) -> bool:
    """Keep a list that was put together after `found` was read, where it may be; say whether it was.

    Where rows of it were not ready, the worker is told to store them, also of a list that does not last.
    """
    made: Together | None = getattr(response, "put_together", None)
    if made is None or response.status_code != HttpResponse.status_code:
        return False
    may_be = made.is_lasting and found.settled is not None and not made.missing
    may_be = may_be and len(response.content) <= MOST_BYTES
    if not may_be and not made.missing:
        return False
    try:
        with impatient():
            _keep(address, found, made, response) if may_be else _want(address, made.missing)
    except Error:
        logger.info("%s could not be kept now.", address, exc_info=True)
        return False
    return may_be


def _want(address: str, keys: list[int]) -> None:
    base = address.partition("?")[0]
    StoredRead.objects.bulk_create([StoredRead(address=f"{base}{key}/") for key in keys], ignore_conflicts=True)


def _keep(address: str, found: Any, made: Together, response: HttpResponse) -> None:
    # Nothing hangs on these rows: they need not be read to be deleted.
    StoredList.objects.filter(address=address)._raw_delete(using="default")
    row = StoredList.objects.create(
        address=address,
        era=found.era,
        settled=found.settled,
        fresh_until=made.until,
        body=response.content,
        headers=lasting_headers(response),
    )
    StoredList.objects.filter(pk__lte=row.pk - MOST)._raw_delete(using="default")
