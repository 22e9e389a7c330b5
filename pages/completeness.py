"""What is there and what is owed: computed from entries × records × a workday calendar, never stored."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from accounts.withdrawable import WithdrawalKind
from blocks.kinds import ContentKind
from rules.update_rules import State, Unit, next_due, state
from snippets.models import CatalogueEntry
from snippets.workdays import workday_calendar

from .models import PublicationRecord, RosterEntry, Validity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from rules.calendar import WorkdayCalendar

    from .models import OrganisationPage

# Entries of these kinds are fulfilled by the organisation's own rows (design: one fact, one home).
ROW_KINDS = {ContentKind.OUTLET_LIST: "outlets", ContentKind.PHONE_LIST: "phones"}
# The catalogue itself is generated.
GENERATED_KINDS = {ContentKind.CATALOGUE}


@dataclass(frozen=True)
class Line:
    """One entry of an organisation's catalogue, with what fulfils it.

    `records` are the public ones, newest first; `by_rows` says that the organisation's phones or outlets (or the
    generated catalogue) fulfil it; `due` is the next deadline, if any, `is_provisional` where it counts workdays of a
    year whose days off are not known yet.
    """

    entry: CatalogueEntry
    state: State
    due: date | None
    by_rows: bool = False
    records: list[PublicationRecord] = field(default_factory=list)
    is_provisional: bool = False
    # Was on display for its time, which is over: that fulfilled the entry until it is due again.
    has_expired: bool = False

    @property
    def is_there(self) -> bool:
        """Is the entry fulfilled by anything at all?"""
        return self.by_rows or bool(self.records)

    @property
    def is_missing(self) -> bool:
        """Is a day set by which it must be public, and nothing is there? What only an event brings has no day."""
        is_owed = self.entry.is_mandatory and self.due is not None and not self.is_there
        return is_owed and not (self.has_expired and self.state != State.OVERDUE)

    @property
    def is_stale(self) -> bool:
        """Is it there, but not renewed by the day it should have been?"""
        return self.is_there and self.state == State.OVERDUE

    @property
    def current(self) -> PublicationRecord | None:
        """Return the newest record in force."""
        return next((record for record in self.records if record.validity == Validity.IN_FORCE), None)


@dataclass(frozen=True)
class _Clock:
    """What every line is measured by: since when the duty runs, the day, the workdays."""

    since: date
    on: date
    calendar: WorkdayCalendar


def catalogue_lines(
    organisation: OrganisationPage, on: date | None = None, calendar: WorkdayCalendar | None = None
) -> list[Line]:
    """Return the whole catalogue of an organisation, entry by entry. At most six queries.

    `organisation` must be the specific source-language page. Give the calendar where several are asked for.
    """
    on = on or timezone.localdate()
    entries = CatalogueEntry.of_catalogue(organisation.catalogue_code, on)
    records = _records_by_entry(organisation)
    rows = _row_kinds_present(organisation)
    clock = _Clock(_since(organisation, on), on, calendar or workday_calendar())
    return [_line(entry, records[entry.code], entry.content_kind in rows, clock) for entry in entries]


def _records_by_entry(organisation: OrganisationPage) -> dict[str, list[PublicationRecord]]:
    """Group by code, not by row: a renewed entry still counts what was disclosed under its older row.

    With what was on display until the end of its time: it was disclosed, and nobody took it back.
    """
    found: dict[str, list[PublicationRecord]] = defaultdict(list)
    records: QuerySet[Any] = PublicationRecord.objects.filter(
        Q(is_public=True) | Q(withdrawal_kind=WithdrawalKind.EXPIRED),
        organisation=organisation.pk,
        entry__catalogue=organisation.catalogue_code,
    )
    for record in records.select_related("entry", "page").order_by("-first_published_at", "-pk"):
        found[record.entry.code].append(record)
    return found


def _row_kinds_present(organisation: OrganisationPage) -> set[str]:
    present: set[str] = {kind for kind, rows in ROW_KINDS.items() if getattr(organisation, rows).exists()}
    return present | GENERATED_KINDS


def _since(organisation: OrganisationPage, on: date) -> date:
    roster = RosterEntry.objects.filter(organisation=organisation.pk).first()
    if roster and roster.since:
        return roster.since
    published = organisation.first_published_at
    return timezone.localdate(published) if published else on


def _line(entry: CatalogueEntry, records: list[PublicationRecord], by_rows: bool, clock: _Clock) -> Line:
    last = max((timezone.localdate(record.last_published_at) for record in records), default=None)
    last = clock.on if by_rows else last
    since, on, calendar, rule = clock.since, clock.on, clock.calendar, entry.update_rule
    due = next_due(rule, last_published=last, since=since, calendar=calendar)
    return Line(
        entry=entry,
        state=state(rule, mandatory=entry.is_mandatory, last_published=last, since=since, on=on, calendar=calendar),
        due=due,
        by_rows=by_rows,
        records=[record for record in records if record.is_public],
        has_expired=any(not record.is_public for record in records),
        is_provisional=due is not None and rule.unit == Unit.WORKDAY and calendar.is_provisional(due.year),
    )


def grouped(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """Return the lines under their catalogue group's title, in order."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.entry.display_group, []).append(line)
    return list(groups.items())
