"""What the units below an office owe: overdue, and due within a week. A few queries for thousands of units.

Computed from the catalogue's update rules as `pages.completeness` does for one organisation, and kept for a while:
the answer changes with the day and with what is published, not with the minute.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import cache as remember
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db.models import F, Max
from django.utils import timezone

from pages.completeness import GENERATED_KINDS, ROW_KINDS
from pages.identity import source_locale_id
from pages.models import OrganisationPage, OrganisationPhone, PublicationRecord, ServiceOutlet, UnitPage
from rules.update_rules import next_due
from snippets.models import CatalogueEntry, Industry
from snippets.workdays import workday_calendar

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from rules.update_rules import UpdateRule

WEEK = timedelta(days=7)
MINUTES = 15
OFFICE, GENERIC = "office", "generic"
ROW_MODELS: dict[str, Any] = {"outlets": ServiceOutlet, "phones": OrganisationPhone}


@dataclass(frozen=True)
class Owing:
    """How many entries one unit is late with, and how many fall due within a week."""

    pk: int
    title: str
    url: str
    overdue: int
    this_week: int


def owing_below(office: Any) -> list[Owing]:
    """Return the units below an office that owe something, the worst first. Eight queries, kept for a while."""
    on = timezone.localdate()
    key = f"desk-owing:{office.path}:{on}"
    found: list[Owing] | None = cache.get(key)
    if found is None:
        found = sorted(_owing(office, on), key=lambda each: (-each.overdue, -each.this_week, each.pk))
        cache.set(key, found, MINUTES * 60)
    return found


def _owing(office: Any, on: date) -> list[Owing]:
    catalogues = _catalogues(office)
    entries = _entries(set(catalogues.values()), on)
    last, rows = _last_published(office), _with_rows(office)
    due_on = _deadlines()
    found = []
    for unit in _organisations(office):
        days = [
            due_on(entry.update_rule, _last_of(entry, unit.pk, last, rows, on), _since(unit, on))
            for entry in entries[catalogues[unit.pk]]
            if entry.is_mandatory or (unit.pk, entry.catalogue, entry.code) in last
        ]
        overdue, week = _counted(days, on)
        if overdue or week:
            found.append(Owing(unit.pk, unit.title, f"{unit.url_path}", overdue, week))
    return found


def _counted(days: list[date | None], on: date) -> tuple[int, int]:
    known = [day for day in days if day is not None]
    return sum(day < on for day in known), sum(on <= day <= on + WEEK for day in known)


def _organisations(office: Any) -> Any:
    below = OrganisationPage.objects.descendant_of(office).live().filter(locale_id=source_locale_id())
    shown = below.order_by("path").only("pk", "title", "url_path", "path", "first_published_at")
    return shown.annotate(registered=F("roster__since"))


def _catalogues(office: Any) -> dict[int, str]:
    """Return the catalogue that rules each organisation: that of a unit's branch; the others are offices."""
    units = UnitPage.objects.descendant_of(office).order_by().values_list("pk", "industry")
    branches = {branch.pk: branch.catalogue_code for branch in Industry.objects.select_related("parent")}
    found: dict[int, str] = defaultdict(lambda: OFFICE)
    found.update({pk: branches.get(industry) or GENERIC for pk, industry in units})
    return found


def _entries(catalogues: set[str], on: date) -> dict[str, list[CatalogueEntry]]:
    found: dict[str, list[CatalogueEntry]] = defaultdict(list)
    for entry in CatalogueEntry.objects.filter(catalogue__in={*catalogues, OFFICE}).valid(on):
        found[entry.catalogue].append(entry)
    return found


def _last_published(office: Any) -> dict[tuple[int, str, str], date]:
    """Return the day on which an organisation last published for an entry, by organisation, catalogue and code."""
    records = PublicationRecord.objects.filter(organisation__path__startswith=office.path, is_public=True)
    grouped = records.order_by().values_list("organisation", "entry__catalogue", "entry__code")
    latest = grouped.annotate(last=Max("last_published_at"))
    return {(pk, catalogue, code): timezone.localdate(last) for pk, catalogue, code, last in latest if code}


def _with_rows(office: Any) -> dict[str, set[int]]:
    return {
        kind: set(ROW_MODELS[rows].objects.filter(page__path__startswith=office.path).values_list("page", flat=True))
        for kind, rows in ROW_KINDS.items()
    }


def _since(unit: Any, on: date) -> date:
    """Return the day since which an organisation owes: that of the roster, else of its first publication."""
    first = unit.first_published_at
    found: date = unit.registered or (timezone.localdate(first) if first else on)
    return found


def _last_of(
    entry: CatalogueEntry, unit: int, last: dict[tuple[int, str, str], date], rows: dict[str, set[int]], on: date
) -> date | None:
    if entry.content_kind in GENERATED_KINDS or unit in rows.get(entry.content_kind, ()):
        return on
    return last.get((unit, entry.catalogue, entry.code))


def _deadlines() -> Callable[[UpdateRule, date | None, date], date | None]:
    """Return `next_due` that remembers: most units of an industry share the same few dates."""
    calendar = workday_calendar()

    @remember
    def due_on(rule: UpdateRule, last: date | None, since: date) -> date | None:
        return next_due(rule, last_published=last, since=since, calendar=calendar)

    return due_on
