"""What is there and what is owed: computed from entries × records × a workday calendar, never stored."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, F, Max, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from accounts.withdrawable import WithdrawalKind
from blocks.kinds import ContentKind
from rules.update_rules import State, Unit, next_due, state
from snippets.models import CatalogueEntry
from snippets.workdays import workday_calendar

from .models import PublicationRecord, RosterEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from rules.calendar import WorkdayCalendar

    from .models import OrganisationPage

# Entries of these kinds are fulfilled by the organisation's own rows (design: one fact, one home).
ROW_KINDS = {ContentKind.OUTLET_LIST: "outlets", ContentKind.PHONE_LIST: "phones"}
# The catalogue itself is generated.
GENERATED_KINDS = {ContentKind.CATALOGUE}
# So many of each entry are read, in each state of validity: no page shows more in one place.
FOREMOST = 3


@dataclass(frozen=True)
class Line:
    """One entry of an organisation's catalogue, with what fulfils it.

    `number` counts the public records, `records` are the foremost of them, newest first, where they were asked for;
    `by_rows` says that the organisation's phones or outlets (or the generated catalogue) fulfil it; `due` is the next
    deadline, if any, `is_provisional` where it counts workdays of a year whose days off are not known yet.
    """

    entry: CatalogueEntry
    state: State
    due: date | None
    by_rows: bool = False
    number: int = 0
    latest: datetime | None = None
    records: list[PublicationRecord] = field(default_factory=list)
    is_provisional: bool = False
    # Was on display for its time, which is over: that fulfilled the entry until it is due again.
    has_expired: bool = False

    @property
    def is_there(self) -> bool:
        """Is the entry fulfilled by anything at all?"""
        return self.by_rows or self.number > 0

    @property
    def is_missing(self) -> bool:
        """Is a day set by which it must be public, and nothing is there? What only an event brings has no day."""
        is_owed = self.entry.is_mandatory and self.due is not None and not self.is_there
        return is_owed and not (self.has_expired and self.state != State.OVERDUE)

    @property
    def is_stale(self) -> bool:
        """Is it there, but not renewed by the day it should have been?"""
        return self.is_there and self.state == State.OVERDUE


@dataclass(frozen=True)
class _Clock:
    """What every line is measured by: since when the duty runs, the day, the workdays."""

    since: date
    on: date
    calendar: WorkdayCalendar


@dataclass(frozen=True)
class _Told:
    """What the register says of one entry, without its single records."""

    number: int = 0
    latest: datetime | None = None
    # With what was on display until the end of its time: it was disclosed, and nobody took it back.
    last: datetime | None = None
    expired: int = 0


def catalogue_lines(
    organisation: OrganisationPage,
    on: date | None = None,
    calendar: WorkdayCalendar | None = None,
    *,
    with_records: bool = False,
) -> list[Line]:
    """Return the whole catalogue of an organisation, entry by entry. At most six queries, one more `with_records`.

    `organisation` must be the specific source-language page. Give the calendar where several are asked for. Costs the
    same however many records there are: they are counted where they lie, and only the foremost are read.
    """
    on = on or timezone.localdate()
    entries = CatalogueEntry.of_catalogue(organisation.catalogue_code, on)
    told, foremost = _told(organisation), _foremost(organisation) if with_records else {}
    rows = _row_kinds_present(organisation)
    clock = _Clock(_since(organisation, on), on, calendar or workday_calendar())
    return [
        _line(entry, told.get(entry.code, _Told()), foremost.get(entry.code, []), entry.content_kind in rows, clock)
        for entry in entries
    ]


def public_records(organisation: OrganisationPage, code: str = "") -> QuerySet[PublicationRecord]:
    """Return what an organisation has made public for its catalogue, or for one entry of it, newest first.

    By code, not by row: a renewed entry still counts what was disclosed under its older row.
    """
    found = PublicationRecord.objects.filter(
        is_public=True, organisation=organisation.pk, entry__catalogue=organisation.catalogue_code
    )
    return (found.filter(entry__code=code) if code else found).order_by("-first_published_at", "-pk")


def _told(organisation: OrganisationPage) -> dict[str, _Told]:
    public = Q(is_public=True)
    records = PublicationRecord.objects.filter(
        public | Q(withdrawal_kind=WithdrawalKind.EXPIRED),
        organisation=organisation.pk,
        entry__catalogue=organisation.catalogue_code,
    )
    sums = records.order_by().values("entry__code")
    found = sums.annotate(
        number=Count("pk", filter=public),
        latest=Max("last_published_at", filter=public),
        last=Max("last_published_at"),
        expired=Count("pk", filter=~public),
    )
    return {
        code: _Told(*told) for code, *told in found.values_list("entry__code", "number", "latest", "last", "expired")
    }


def _foremost(organisation: OrganisationPage) -> dict[str, list[PublicationRecord]]:
    """Return the newest records of each entry, those in force and others, by its code."""
    place = Window(
        RowNumber(),
        partition_by=[F("entry"), F("validity")],
        order_by=[F("first_published_at").desc(), F("pk").desc()],
    )
    newest = public_records(organisation).order_by().annotate(place=place).filter(place__lte=FOREMOST)
    records = PublicationRecord.objects.filter(pk__in=newest.values("pk")).select_related("entry", "page")
    found: dict[str, list[PublicationRecord]] = defaultdict(list)
    for record in records.order_by("-first_published_at", "-pk"):
        if record.entry:
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


def _line(entry: CatalogueEntry, told: _Told, records: list[PublicationRecord], by_rows: bool, clock: _Clock) -> Line:
    last = timezone.localdate(told.last) if told.last else None
    last = clock.on if by_rows else last
    since, on, calendar, rule = clock.since, clock.on, clock.calendar, entry.update_rule
    due = next_due(rule, last_published=last, since=since, calendar=calendar)
    return Line(
        entry=entry,
        state=state(rule, mandatory=entry.is_mandatory, last_published=last, since=since, on=on, calendar=calendar),
        due=due,
        by_rows=by_rows,
        number=told.number,
        latest=told.latest,
        records=records,
        has_expired=told.expired > 0,
        is_provisional=due is not None and rule.unit == Unit.WORKDAY and calendar.is_provisional(due.year),
    )


def grouped(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """Return the lines under their catalogue group's title, in order."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.entry.display_group, []).append(line)
    return list(groups.items())
