"""What becomes of one answer: pure arithmetic on a `Watched` row. Nothing is saved here.

A link is down only after several failures over some time, and up again only after two answers in a row: one dropped
connection is no news, and neither is one that came through.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings

from snippets.models import HealthState

from .probes import Finding, Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from .models import Watched

# Between two looks at what fails, or has just recovered: it doubles up to the longest.
SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(hours=6)
SUCCESSES = 2
# What asks to be left alone is.
BUSY = timedelta(hours=6)
SPREAD = 10_000


def note(row: Watched, finding: Finding, at: datetime) -> None:
    """Write an answer into a row: its state, and when it is asked again."""
    row.checked_at = at
    if finding.outcome == Outcome.UNSURE:
        row.next_at = at + BUSY
        return
    (_note_success if finding.outcome == Outcome.WORKING else _note_failure)(row, finding, at)


def _note_success(row: Watched, finding: Finding, at: datetime) -> None:
    row.successes = min(row.successes + 1, SUCCESSES)
    if row.state == HealthState.DOWN and row.successes < SUCCESSES:
        row.next_at = at + SHORTEST
        return
    row.state, row.reason = HealthState.WORKING, ""
    row.failures, row.failing_since = 0, None
    row.next_at = at + regular(row)


def _note_failure(row: Watched, finding: Finding, at: datetime) -> None:
    row.failures = min(row.failures + 1, 30_000)
    row.successes = 0
    row.failing_since = row.failing_since or at
    row.reason = finding.reason[:64]
    long_enough = at - row.failing_since >= timedelta(minutes=settings.LINK_DOWN_MINUTES)
    if row.failures >= settings.LINK_DOWN_FAILURES and long_enough:
        row.state = HealthState.DOWN
    # The first few are asked at short intervals, to know soon; what stays down is left in peace.
    doubled = max(0, row.failures - settings.LINK_DOWN_FAILURES)
    row.next_at = at + min(SHORTEST * 2 ** min(doubled, 10), LONGEST)


def regular(row: Watched) -> timedelta:
    """Return how long what works is left alone: each key a little less than all the others, so that they spread."""
    whole = timedelta(hours=settings.LINK_CHECK_HOURS)
    place = int.from_bytes(sha256(f"{row.probe} {row.key}".encode()).digest()[:4]) % SPREAD
    return whole - whole * place / (4 * SPREAD)
