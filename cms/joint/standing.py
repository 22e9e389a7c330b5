"""How each source stands, known to all processes: who has failed is left alone for a while, then tried by one.

After three failures in a row a source rests, a minute at first, twice as long each time, ten minutes at most. When the
rest is over a single question is let through; if that is answered, all is well again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

    from .models import OutsideSource

MOST_FAILURES = 3
REST, LONGEST_REST = timedelta(minutes=1), timedelta(minutes=10)
KEPT_SECONDS = 24 * 3_600
PROBE_SECONDS = 5


@dataclass(frozen=True)
class Trouble:
    """Since when a source has not answered, why, how often, and until when it is left alone."""

    since: datetime
    # Told to each reader in his language.
    why: str | _StrPromise
    failures: int = 1
    rests_until: datetime | None = None
    rest: timedelta = REST

    @property
    def is_resting(self) -> bool:
        """Is it to be left alone now?"""
        return self.rests_until is not None and timezone.now() < self.rests_until

    def after(self, why: str | _StrPromise) -> Trouble:
        """Return what one more failure makes of it."""
        failures, now = self.failures + 1, timezone.now()
        if failures < MOST_FAILURES:
            return replace(self, why=why, failures=failures)
        rest = min(self.rest * 2, LONGEST_REST) if self.rests_until else REST
        return replace(self, why=why, failures=failures, rest=rest, rests_until=now + rest)


def name_of(source: OutsideSource) -> str:
    """Return under what a source is known; changed, it is another one."""
    told = f"{source.pk} {source.kind} {source.address} {source.deadline}"
    return sha256(told.encode()).hexdigest()[:32]


def _key(source: OutsideSource) -> str:
    return f"joint-trouble-{name_of(source)}"


def trouble_of(source: OutsideSource) -> Trouble | None:
    """Return what is wrong with a source; None when nothing is known to be."""
    found: Trouble | None = cache.get(_key(source))
    return found


def troubles_of(sources: Iterable[OutsideSource]) -> dict[int, Trouble]:
    """Return what is wrong with several, by their numbers. One question to the cache."""
    keys = {_key(source): source.pk for source in sources}
    return {keys[key]: found for key, found in cache.get_many(keys).items()}


def may_be_asked(source: OutsideSource, trouble: Trouble | None) -> bool:
    """May this question go out? After a rest only the first may, until it is known what came of it."""
    if trouble is None or trouble.rests_until is None:
        return True
    if trouble.is_resting:
        return False
    return bool(cache.add(f"joint-probe-{name_of(source)}", 1, PROBE_SECONDS))


def failed(source: OutsideSource, why: str | _StrPromise) -> Trouble:
    """Note a failure."""
    before = trouble_of(source)
    now = before.after(why) if before else Trouble(timezone.now(), why)
    cache.set(_key(source), now, KEPT_SECONDS)
    cache.delete(f"joint-probe-{name_of(source)}")
    return now


def answered(source: OutsideSource) -> None:
    """Forget all failures."""
    cache.delete_many([_key(source), f"joint-probe-{name_of(source)}"])
