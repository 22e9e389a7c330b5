"""Many published disclosures in any tree, for demonstrations and benchmarks."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from pages.bulk import analyse, bulk_add
from pages.identity import sources
from pages.models import DisclosurePage, OrganisationPage, UnitPage
from pages.register import record_many
from snippets.models import CatalogueEntry

from .bodies import sample_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import QuerySet

# Pages of one organisation written in one transaction; bounds memory and how long SQLite's one writer waits.
BATCH = 500
YEARS = 3


def generate(
    count: int, progress: Callable[[int], None], *, search: bool = True, within: QuerySet[UnitPage] | None = None
) -> int:
    """Publish `count` sample disclosures, spread evenly over live units (all of them) and their entries.

    Each has its revision, reference index, register and search rows. Runs organisation by organisation, each batch
    in its own transaction. Returns how many.
    """
    live = UnitPage.objects.live() if within is None else within
    units = list(sources(live).select_related("industry__parent").order_by("path"))
    if not units:
        raise ValueError("没有已公开的单位：请先载入一个城市包（load_city）。")
    done, today = 0, timezone.localdate()
    entries = _entries(today)
    bodies: dict[int, Any] = {}
    for unit, share in _shares(units, count):
        mine = entries.get(unit.catalogue_code) or entries["generic"]
        for start in range(0, share, BATCH):
            numbers = range(start, min(start + BATCH, share))
            _publish(unit, [_page(mine[number % len(mine)], number, bodies) for number in numbers], today, search)
            done += len(numbers)
            progress(len(numbers))
    analyse()
    return done


def _entries(today: date) -> dict[str, list[CatalogueEntry]]:
    found: dict[str, list[CatalogueEntry]] = defaultdict(list)
    for entry in CatalogueEntry.objects.valid(today).order_by("catalogue", "order"):
        found[entry.catalogue].append(entry)
    return found


def _shares(units: list[Any], count: int) -> Iterator[tuple[Any, int]]:
    each, rest = divmod(count, len(units))
    for number, unit in enumerate(units):
        share = each + (number < rest)
        if share:
            yield unit, share


def _page(entry: CatalogueEntry, number: int, bodies: dict[int, Any]) -> DisclosurePage:
    if entry.pk not in bodies:
        bodies[entry.pk] = sample_body(entry.content_kind, entry.title)
    return DisclosurePage(
        title=f"{entry.title[:100]}（示例 {number + 1}）",
        entry=entry,
        summary=f"{entry.title[:60]}，生成的示例内容。",
        generated_on=date(2026, 1, 15),
        body=bodies[entry.pk],
    )


@transaction.atomic
def _publish(unit: OrganisationPage, pages: list[DisclosurePage], today: date, search: bool) -> None:
    moments = {id(page): _moment(today, unit.pk * 31 + number * 7) for number, page in enumerate(pages)}
    bulk_add(Page.objects.get(pk=unit.pk), pages, at=lambda page: moments[id(page)], search=search)
    record_many(unit, pages)


def _moment(today: date, spread: int) -> datetime:
    day = today - timedelta(days=spread % (YEARS * 365))
    return timezone.make_aware(datetime.combine(day, time(9))) + timedelta(seconds=spread % 30_000)
