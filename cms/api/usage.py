"""How often each token is used, by day. Writes are counted one by one; reads in the cache, written once a minute."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import ApiToken, TokenUse
from ledger.origin import origin

if TYPE_CHECKING:
    from datetime import datetime

logger = logging.getLogger(__name__)
EVERY = 60
KEPT = 86_400
PENDING, SEEN = "token_reads", "token_seen"


def note_read(token: ApiToken) -> None:
    """Count a read; at most once a minute for each token anything is written."""
    try:
        cache.add(f"{PENDING}:{token.pk}", 0, KEPT)
        pending = int(cache.incr(f"{PENDING}:{token.pk}"))
        if not cache.add(f"{SEEN}:{token.pk}", 1, EVERY):
            return
        cache.decr(f"{PENDING}:{token.pk}", pending)
    except Exception:
        # Whatever a backend raises when it is away; reads go on, and are not counted.
        logger.warning("The cache does not count the reads of tokens.", exc_info=True)
        return
    _add(token, reads=pending)


def note_write(token: ApiToken) -> None:
    """Count a write, whatever becomes of it."""
    _add(token, writes=1)


def note_refusal(token: ApiToken) -> None:
    """Count a request that the token does not allow."""
    _add(token, refused=1)


def _add(token: ApiToken, **counts: int) -> None:
    now = timezone.now()
    try:
        with transaction.atomic():
            _add_to_day(token, now, counts)
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now, last_address=origin().address)
    except DatabaseError:
        # A database that only reads: the answer matters more than the count.
        logger.warning("The use of a token is not counted.", exc_info=True)


def _add_to_day(token: ApiToken, now: datetime, counts: dict[str, int]) -> None:
    day = {"token": token, "day": timezone.localdate(now)}
    changed = {name: F(name) + count for name, count in counts.items()}
    if not TokenUse.objects.filter(**day).update(**changed):
        TokenUse.objects.bulk_create([TokenUse(**day)], ignore_conflicts=True)
        TokenUse.objects.filter(**day).update(**changed)
