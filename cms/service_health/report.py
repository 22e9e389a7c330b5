"""在线服务运行情况: the items within reach, how each runs, and how many of each kind (§3.4: number, state, demand)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.demand.models import Subject, Views, Way
from pages.exports import Table
from snippets.connectors import LINK
from snippets.health import LABELS, MAINTENANCE, OFFLINE
from snippets.models import HealthState, Industry, Maintenance
from snippets.templates_hook import service_class_choices

from .reasons import reason_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from snippets.models import ServiceItem

# Demand (§2.1, §3.4): how often a guide was read in as many days.
DEMAND_DAYS = 30
STATES = (HealthState.WORKING, HealthState.DOWN, MAINTENANCE, HealthState.UNKNOWN, OFFLINE)


@dataclass
class Total:
    """How many items of a class or of an industry run how."""

    label: str
    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def whole(self) -> int:
        """Return how many there are."""
        return sum(self.numbers.values())

    @property
    def cells(self) -> list[int]:
        """Return the numbers in the order of `STATES`."""
        return [self.numbers[state] for state in STATES]


def with_running(items: QuerySet[ServiceItem]) -> QuerySet[ServiceItem]:
    """Add how each item runs now, as `running`, and how often its guide was read of late, as `read`."""
    resting = Maintenance.objects.running_at(timezone.now()).filter(item=OuterRef("pk"))
    cases = [
        When(Exists(resting), then=Value(MAINTENANCE)),
        *(When(health__state=state, then=Value(state)) for state in HealthState.values),
        When(link="", connector=LINK, then=Value(OFFLINE)),
    ]
    running = Case(*cases, default=Value(str(HealthState.UNKNOWN)), output_field=CharField())
    since = timezone.localdate() - timedelta(days=DEMAND_DAYS)
    views = Views.objects.filter(subject=Subject.ITEM, way=Way.WEB, key=OuterRef("pk"), day__gt=since)
    read = views.order_by().values("key").annotate(whole=Sum("number")).values("whole")
    return items.annotate(running=running, read=Coalesce(Subquery(read), 0))


def by_class(items: QuerySet[Any]) -> list[Total]:
    """Count the items by class and state. One query."""
    found = dict[str, Total]()
    for code, state, number in _counted(items, "service_class"):
        found.setdefault(code, Total(code)).numbers[state] += number
    labels = dict(service_class_choices())
    return [Total(str(labels[code]), found[code].numbers) for code in labels if code in found]


def by_sector(items: QuerySet[Any]) -> list[Total]:
    """Count the items by first-level industry and state. Two queries."""
    sectors = {each.pk: each for each in Industry.objects.sectors()}
    found = dict[int, Total]()
    annotated = items.annotate(sector=Coalesce("industry__parent", "industry"))
    for pk, state, number in _counted(annotated, "sector"):
        found.setdefault(pk, Total(str(pk))).numbers[state] += number
    return [Total(each.title, found[pk].numbers) for pk, each in sectors.items() if pk in found]


def _counted(items: QuerySet[Any], key: str) -> Iterator[tuple[Any, str, int]]:
    counting: Any = items.order_by()
    rows = counting.values(key, "running").annotate(number=Count("pk"))
    return ((row[key], row["running"], row["number"]) for row in rows)


def listed(items: QuerySet[Any]) -> QuerySet[Any]:
    """Put what is down first, the longest first; join what a row shows."""
    rank = Case(
        When(running=str(HealthState.DOWN), then=Value(0)), When(running=MAINTENANCE, then=Value(1)), default=Value(2)
    )
    joined = items.select_related("provider", "industry__parent", "health")
    return joined.order_by(rank, F("health__since").asc(nulls_last=True), "industry__order", "code", "pk")


def narrowed(items: QuerySet[Any], chosen: dict[str, str]) -> QuerySet[Any]:
    """Keep what was chosen: class, industry, state, words."""
    if chosen.get("service_class"):
        items = items.filter(service_class=chosen["service_class"])
    if code := chosen.get("industry"):
        items = items.filter(Q(industry__code=code) | Q(industry__parent__code=code))
    if chosen.get("state"):
        items = items.filter(running=chosen["state"])
    if words := chosen.get("q"):
        items = items.filter(Q(title__icontains=words) | Q(code=words) | Q(provider__title__icontains=words))
    return items


def items_table(items: QuerySet[ServiceItem]) -> Table:
    """Return every item with its state, as a file."""
    columns = [
        (_("编码"), 14), (_("名称"), 34), (_("服务类别"), 12), (_("一级行业"), 14), (_("二级行业"), 16),
        (_("提供单位"), 34), (_("运行状态"), 14), (_("自何时起"), 18), (_("最近核验"), 18), (_("原因"), 24),
        (_("近30天阅读"), 12), (_("办理链接"), 48), (_("电话渠道"), 18),
    ]  # fmt: skip
    return Table(_("在线服务运行情况"), columns, (_row(item) for item in listed(items).iterator(chunk_size=1000)))


def _row(item: Any) -> tuple[Any, ...]:
    health = getattr(item, "health", None)
    branch = item.industry.title if item.industry.parent_id else ""
    return (
        item.code, item.title, item.get_service_class_display(), item.industry.sector.title, branch,
        item.provider.title if item.provider else _("各单位分别办理"), str(LABELS[item.running]),
        _moment(health and health.since), _moment(health and health.checked_at),
        reason_words(health.reason) if health else "", item.read, item.link, item.phone,
    )  # fmt: skip


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def totals_table(items: QuerySet[ServiceItem]) -> Table:
    """Return the numbers by class and by industry, as a file."""
    columns = [(_("分组"), 14), (_("名称"), 20), (_("项目数"), 10), *((LABELS[state], 14) for state in STATES)]
    groups = ((_("服务类别"), by_class(items)), (_("行业"), by_sector(items)))
    rows = ((group, total.label, total.whole, *total.cells) for group, totals in groups for total in totals)
    return Table(_("在线服务数量"), columns, rows)
