"""How all units of an industry stand with each entry of their catalogue: `completeness`, for thousands at once.

One query for each kind of fact, whatever the number of units. A state is computed once for each pair of dates: most
units of an industry share the same few.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q
from django.utils import timezone

from rules.update_rules import State, state
from snippets.models import CatalogueEntry
from snippets.workdays import workday_calendar

from .completeness import GENERATED_KINDS, ROW_KINDS
from .identity import source_locale_id
from .models import OrganisationPhone, PublicationRecord, ServiceOutlet, UnitPage

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from rules.calendar import WorkdayCalendar
    from snippets.models import Industry

ROW_MODELS: dict[str, Any] = {"outlets": ServiceOutlet, "phones": OrganisationPhone}


@dataclass(frozen=True)
class Standing:
    """One entry over all units it binds: the state of each, and the day it last published for it."""

    entry: CatalogueEntry
    states: dict[int, State] = field(default_factory=dict)
    last: dict[int, date] = field(default_factory=dict)

    @property
    def have(self) -> int:
        """Count the units that have disclosed anything for it."""
        return len(self.last)

    @property
    def owe(self) -> int:
        """Count the units that are late with it."""
        return sum(found == State.OVERDUE for found in self.states.values())

    @property
    def total(self) -> int:
        """Count the units it binds."""
        return len(self.states)


def standings(branches: Collection[Industry], on: date) -> list[Standing]:
    """Return the entries of the catalogues that rule these branches, each over its units. At most six queries.

    The branches come with their parent (`select_related`).
    """
    units = _since_by_catalogue(branches, on)
    last = _last_published(branches)
    rows = _units_with_rows(branches)
    calendar = workday_calendar()
    found = []
    for entry in CatalogueEntry.objects.filter(catalogue__in=units).valid(on):
        bound = units[entry.catalogue]
        present = bound if entry.content_kind in GENERATED_KINDS else rows.get(entry.content_kind, ())
        dates = {**last[entry.catalogue, entry.code], **dict.fromkeys(present, on)}
        found.append(_standing(entry, bound, dates, on, calendar))
    return found


def _standing(
    entry: CatalogueEntry, bound: dict[int, date], dates: dict[int, date], on: date, calendar: WorkdayCalendar
) -> Standing:
    rule = entry.update_rule

    @cache
    def state_on(last: date | None, since: date) -> State:
        return state(rule, mandatory=entry.is_mandatory, last_published=last, since=since, on=on, calendar=calendar)

    states = {unit: state_on(dates.get(unit), since) for unit, since in bound.items()}
    return Standing(entry, states, {unit: day for unit, day in dates.items() if unit in bound})


def _within(branches: Collection[Industry], field_name: str = "") -> Q:
    return Q(**{f"{field_name}industry__in": [branch.pk for branch in branches]})


def _since_by_catalogue(branches: Collection[Industry], on: date) -> dict[str, dict[int, date]]:
    """Return for each catalogue the units it binds, each with the day its duty began."""
    catalogue = {branch.pk: branch.catalogue_code for branch in branches}
    units = UnitPage.objects.live().filter(_within(branches), locale_id=source_locale_id())
    found: dict[str, dict[int, date]] = defaultdict(dict)
    for pk, industry, since, published in units.order_by("path").values_list(
        "pk", "industry", "roster__since", "first_published_at"
    ):
        found[catalogue[industry]][pk] = since or (timezone.localdate(published) if published else on)
    return found


def _last_published(branches: Collection[Industry]) -> dict[tuple[str, str], dict[int, date]]:
    """Return by catalogue and entry code the day each unit last published."""
    records = PublicationRecord.objects.filter(_within(branches, "organisation__"), is_public=True)
    found: dict[tuple[str, str], dict[int, date]] = defaultdict(dict)
    for catalogue, code, unit, last in (
        records.filter(entry__isnull=False)
        .order_by()
        .values_list("entry__catalogue", "entry__code", "organisation")
        .annotate(last=Max("last_published_at"))
    ):
        found[catalogue, code][unit] = timezone.localdate(last)
    return found


def _units_with_rows(branches: Collection[Industry]) -> dict[str, set[int]]:
    """Return for each kind that an organisation's own rows fulfil the units that have such rows."""
    return {
        kind: set(ROW_MODELS[rows].objects.filter(_within(branches, "page__")).values_list("page", flat=True))
        for kind, rows in ROW_KINDS.items()
    }
