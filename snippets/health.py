"""How the online side of a service item runs, as the public reads it: the checks' result, or announced maintenance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Min, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.changes import announce, topic_of

from .models import HealthState, ItemHealth, Maintenance, ServiceItem

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

# What lists of service items show of them: the hall rests on it.
SHOWN = "services-shown"
MAINTENANCE, OFFLINE = "maintenance", "offline"
LABELS: dict[str, Any] = {
    **dict(HealthState.choices),
    MAINTENANCE: gettext_lazy("维护中"),
    OFFLINE: gettext_lazy("不在网上办理"),
}


@dataclass(frozen=True)
class Running:
    """How an item runs at a moment. `until` and `words` belong to maintenance."""

    state: str = HealthState.UNKNOWN
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""
    confirmed_on: date | None = None

    @property
    def is_interrupted(self) -> bool:
        """Can it not be got done online just now?"""
        return self.state in (HealthState.DOWN, MAINTENANCE)

    @property
    def is_working(self) -> bool:
        """Was it found to work?"""
        return self.state == HealthState.WORKING

    @property
    def label(self) -> str:
        """Name the state."""
        return str(LABELS[self.state])

    @property
    def notice(self) -> str:
        """Say what the public has to know before it tries; empty where it works."""
        if self.state == HealthState.DOWN:
            since = _day(self.since)
            if not since:
                return _("网上办理暂时不通，请打电话或到现场。")
            return _("网上办理暂时不通（%(since)s起），请打电话或到现场。") % {"since": since}
        if self.state == MAINTENANCE:
            named = {"until": _moment(self.until), "reason": self.words}
            return _("网上办理维护中，预计%(until)s恢复（%(reason)s），请打电话或到现场。") % named
        return ""


UNCHECKED = Running()


def _day(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "MONTH_DAY_FORMAT") if at else ""


def _moment(at: datetime | None) -> str:
    return f"{_day(at)} {timezone.localtime(at):%H:%M}" if at else ""


def running(keys: Collection[UUID], at: datetime) -> dict[UUID, Running]:
    """Return how the items of these translation keys run at a moment. Two queries, however many."""
    if not keys:
        return {}
    found = {
        row.item.translation_key: Running(row.state, row.since, confirmed_on=row.confirmed_on)
        for row in ItemHealth.objects.filter(item__translation_key__in=keys).select_related("item")
    }
    windows = Maintenance.objects.running_at(at).filter(item__translation_key__in=keys).select_related("item")
    for row in windows.order_by("ends_at"):
        key, words = row.item.translation_key, row.get_reason_display()
        was = found.get(key, UNCHECKED)
        found[key] = Running(MAINTENANCE, row.starts_at, row.ends_at, words, was.confirmed_on)
    return found


def running_of(item: ServiceItem, at: datetime) -> Running:
    """Return how one item runs at a moment."""
    return running([item.translation_key], at).get(item.translation_key, UNCHECKED)


def next_maintenance_moment(since: datetime, key: UUID | None = None) -> datetime | None:
    """Return when the clock alone changes how an item, or any, runs."""
    rows = Maintenance.objects.ahead_of(since)
    if key is not None:
        rows = rows.filter(item__translation_key=key)
    found = rows.aggregate(starts=Min("starts_at", filter=Q(starts_at__gt=since)), ends=Min("ends_at"))
    return min((moment for moment in found.values() if moment), default=None)


def topics_of_items(items: Collection[int]) -> set[str]:
    """Return what answers rest on that show these items, in any language. One query."""
    keys = ServiceItem.objects.filter(pk__in=items).values("translation_key")
    found = ServiceItem.objects.filter(translation_key__in=keys).values_list("pk", flat=True)
    return {topic_of(ServiceItem, pk) for pk in found}


def announce_health(item: int, *, is_news: bool) -> None:
    """Tell that an item shows something else of how it runs; as news, that lists show something else, too."""
    announce(topics=topics_of_items([item]) | ({SHOWN} if is_news else set()))
