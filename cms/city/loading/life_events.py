"""Life events of a pack: brought in once; afterwards the grouping is the portal's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.identity import source_locale_id
from snippets.models import LifeEvent, LifeEventItem, ServiceItem

if TYPE_CHECKING:
    from ..life_events import LifeEventRow
    from ..planned import Plan
    from .report import Report


def load_life_events(plan: Plan, report: Report) -> None:
    """Add the life events that are not there, each with its items; leave those that are."""
    known = set(LifeEvent.objects.values_list("code", flat=True))
    items = {item.code: item for item in ServiceItem.objects.filter(locale_id=source_locale_id())}
    for row in plan.pack.life_events:
        if row.code in known:
            report.unchanged["life event"] += 1
            continue
        _add(row, plan, items)
        report.created["life event"] += 1


def _add(row: LifeEventRow, plan: Plan, items: dict[str, ServiceItem]) -> None:
    event = LifeEvent(
        code=row.code,
        title=row.name,
        title_en=row.name_en,
        summary=row.summary,
        summary_en=row.summary_en,
        order=row.order,
    )
    event.full_clean()
    event.save()
    # A row whose provider is a kind of unit stands for several items.
    wanted = [planned.code for item in row.items for planned in plan.services if planned.row.item_id == item]
    found = [items[code] for code in dict.fromkeys(wanted) if code in items]
    LifeEventItem.objects.bulk_create(
        [LifeEventItem(event=event, item=item, sort_order=place) for place, item in enumerate(found)]
    )
