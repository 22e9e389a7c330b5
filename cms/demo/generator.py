"""Many published disclosures in any tree, for demonstrations and benchmarks."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from pages.bulk import analyse, bulk_add_below
from pages.identity import sources
from pages.models import DisclosurePage, UnitPage
from pages.register import record_many
from rules.slugs import slug_from_title
from snippets.models import CatalogueEntry

from .bodies import sample_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import QuerySet

# Pages written in one transaction; bounds memory and how long SQLite's one writer waits.
BATCH = 1_000
SLUG_LENGTH = 70
YEARS = 3


def generate(
    count: int, progress: Callable[[int], None], *, search: bool = True, within: QuerySet[UnitPage] | None = None
) -> int:
    """Publish `count` sample disclosures, spread evenly over live units (all of them) and their entries.

    Each has its revision, reference index, register and search rows. Goes through the tree in batches,
    each in its own transaction. Returns how many.
    """
    live = UnitPage.objects.live() if within is None else within
    units = list(sources(live).select_related("industry__parent").order_by("path"))
    if not units:
        raise ValueError("没有已公开的单位：请先载入一个城市包（load_city）。")
    today = timezone.localdate()
    entries, done = _entries(today), 0
    samples: dict[int, Sample] = {}
    for batch in _batches(_shares(units, count)):
        placed = [
            (
                unit,
                [_page(entries.get(unit.catalogue_code) or entries["generic"], number, samples) for number in numbers],
            )
            for unit, numbers in batch
        ]
        _publish(placed, today, search)
        made = sum(len(numbers) for _unit, numbers in batch)
        done += made
        progress(made)
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


def _batches(shares: Iterable[tuple[Any, int]]) -> Iterator[list[tuple[Any, range]]]:
    """Cut the shares of neighbouring units into batches of bounded size; a unit stands in a batch once."""
    batch: list[tuple[Any, range]] = []
    room = BATCH
    for unit, share in shares:
        start = 0
        while start < share:
            numbers = range(start, min(start + room, share))
            batch.append((unit, numbers))
            start, room = numbers.stop, room - len(numbers)
            if not room:
                yield batch
                batch, room = [], BATCH
    if batch:
        yield batch


class Sample(NamedTuple):
    """What all samples of one entry have in common."""

    body: Any
    slug: str


def _page(entries: list[CatalogueEntry], number: int, samples: dict[int, Sample]) -> DisclosurePage:
    entry = entries[number % len(entries)]
    if entry.pk not in samples:
        slug = slug_from_title(f"{entry.title}示例", taken=(), max_length=SLUG_LENGTH)
        samples[entry.pk] = Sample(sample_body(entry.content_kind, entry.title), slug)
    sample = samples[entry.pk]
    return DisclosurePage(
        title=f"{entry.title[:100]}（示例 {number + 1}）",
        slug=f"{sample.slug}-{number + 1}",
        entry=entry,
        summary=f"{entry.title[:60]}，生成的示例内容。",
        generated_on=date(2026, 1, 15),
        body=sample.body,
    )


@transaction.atomic
def _publish(placed: list[tuple[Any, list[DisclosurePage]]], today: date, search: bool) -> None:
    moments = {
        id(page): _moment(today, unit.pk * 31 + number * 7)
        for unit, pages in placed
        for number, page in enumerate(pages)
    }
    bulk_add_below(placed, at=lambda page: moments[id(page)], search=search)
    record_many(placed)


def _moment(today: date, spread: int) -> datetime:
    day = today - timedelta(days=spread % (YEARS * 365))
    return timezone.make_aware(datetime.combine(day, time(9))) + timedelta(seconds=spread % 30_000)
