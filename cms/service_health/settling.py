"""What the answers mean for a service item: it works if everything works that it needs. The public reads that."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from ledger.changes import gathering
from ledger.events import record
from snippets.health import announce_health
from snippets.models import HealthState, ItemHealth, ServiceItem

from .models import Watched

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from .checking import Known

# The public's date of the last check moves once a week: answers that are kept need not be made anew each day.
CONFIRMED = timedelta(days=7)
EVENTS = {HealthState.DOWN: "service.went_down", HealthState.WORKING: "service.recovered"}


@dataclass(frozen=True)
class Verdict:
    """How an item stands, by all it needs."""

    state: str
    since: datetime | None = None
    checked_at: datetime | None = None
    reason: str = ""


def settle(known: Known, asked: Iterable[int]) -> None:
    """Bring the items that were asked about, and those nobody asks about any more, to what the rows say.

    What is down is looked at in any case: it may need something else by now, which is known to work.
    """
    down = ItemHealth.objects.filter(state=HealthState.DOWN).values_list("item", flat=True)
    rows = {(row.probe, row.key): row for row in Watched.objects.all()}
    needs: dict[int, list[Watched]] = defaultdict(list)
    for pair, (_probe, target) in known.items():
        for item in target.items if pair in rows else ():
            needs[item].append(rows[pair])
    _forget(needs.keys())
    items = ServiceItem.objects.select_related("provider").in_bulk(sorted({*asked, *down} & needs.keys()))
    for pk, item in items.items():
        bring(item, verdict(needs[pk]))


def _forget(watched: Iterable[int]) -> None:
    """Drop what is known of items that have no link any more."""
    gone = set(ItemHealth.objects.values_list("item", flat=True)) - set(watched)
    for row in ItemHealth.objects.filter(item__in=gone).select_related("item"):
        with gathering():
            announce_health(row.item_id, is_news=True)
            row.delete()


def verdict(rows: Iterable[Watched]) -> Verdict:
    """Return how an item stands that needs all of these."""
    rows = list(rows)
    checked_at = min((row.checked_at for row in rows if row.checked_at), default=None)
    down = [row for row in rows if row.state == HealthState.DOWN]
    if down:
        since = min((row.failing_since for row in down if row.failing_since), default=None)
        return Verdict(HealthState.DOWN, since, checked_at, down[0].reason)
    is_working = all(row.state == HealthState.WORKING for row in rows)
    return Verdict(HealthState.WORKING if is_working else HealthState.UNKNOWN, None, checked_at)


def bring(item: ServiceItem, found: Verdict) -> None:
    """Write a verdict. What the public reads changes with the state, and once a week."""
    with gathering():
        row = ItemHealth.objects.select_for_update().filter(item=item).first() or ItemHealth(item=item)
        is_news = row.pk is None or row.state != found.state
        if is_news:
            row.since = found.since or timezone.now()
            _record(row, item, found)
        row.state, row.reason, row.checked_at = found.state, found.reason, found.checked_at
        is_newer = _confirm(row, found, is_news=is_news)
        row.save()
        if is_news or is_newer:
            announce_health(item.pk, is_news=is_news)


def _confirm(row: ItemHealth, found: Verdict, *, is_news: bool) -> bool:
    """Move the date the public reads, if it is time; return whether it moved."""
    if found.checked_at is None:
        return False
    day = timezone.localdate(found.checked_at)
    is_due = is_news or row.confirmed_on is None or day - row.confirmed_on >= CONFIRMED
    moved = is_due and row.confirmed_on != day
    if moved:
        row.confirmed_on = day
    return moved


def _record(row: ItemHealth, item: ServiceItem, found: Verdict) -> None:
    """Record that an item went down, or came back; that it was found to work for the first time is no event."""
    kind = EVENTS.get(HealthState(found.state))
    if kind and HealthState.DOWN in (found.state, row.state, row.told):
        record(kind, item, before=str(row.state), after=str(found.state), reason=found.reason)
