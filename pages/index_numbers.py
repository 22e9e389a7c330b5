"""Index numbers (索引号): given once, at first publication; unique, never changed, never reused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from rules.index_number import IndexScheme
from snippets.models import PortalSettings

from .models import IndexCounter, PublicationRecord, RosterEntry
from .roster import ensure_roster_entry

if TYPE_CHECKING:
    from datetime import datetime

    from .models import OrganisationPage, RecordPage

# What an index number shows in place of an entry or a division that is not there.
NO_ENTRY, NO_DIVISION = "0", "000000"


class IndexNumbers:
    """The numbers of one organisation, within a transaction.

    A counter row is locked until the transaction ends (PostgreSQL: FOR UPDATE; SQLite: the IMMEDIATE write lock), so
    two publications of one series wait for each other and those of others do not.
    """

    def __init__(self, organisation: OrganisationPage, *, verify: bool = True) -> None:
        self.organisation = organisation
        # A changed scheme may meet numbers given under an older one; a bulk load saves itself the question.
        self.verify = verify
        roster = RosterEntry.objects.filter(organisation=organisation).first() or ensure_roster_entry(organisation)
        self.code = roster.code
        self.scheme = IndexScheme(_portal_settings(organisation).index_number_scheme)
        self.counters: dict[str, IndexCounter] = {}

    def next(self, page: RecordPage, at: datetime) -> str:
        """Give the next number of the series a page belongs to; `save` afterwards."""
        fields = self._fields(page, at)
        counter = self._counter(self.scheme.series(**fields))
        while True:
            counter.last += 1
            number = self.scheme.format(**fields, serial=counter.last)
            if not self.verify or not PublicationRecord.objects.filter(index_number=number).exists():
                return number

    def save(self) -> None:
        """Write the counters."""
        for counter in self.counters.values():
            counter.save(update_fields=["last"])

    def _counter(self, series: str) -> IndexCounter:
        if series not in self.counters:
            locked = IndexCounter.objects.select_for_update().filter(series=series)
            if (counter := locked.first()) is None:
                IndexCounter.objects.bulk_create([IndexCounter(series=series)], ignore_conflicts=True)
                counter = locked.get()
            self.counters[series] = counter
        return self.counters[series]

    def _fields(self, page: RecordPage, at: datetime) -> dict[str, Any]:
        day = timezone.localtime(at).date()
        return {
            "organisation_code": self.code,
            "division_code": self.organisation.division_code or NO_DIVISION,
            "catalogue": page.entry.catalogue if page.entry else NO_ENTRY,
            "entry_code": page.entry.code if page.entry else NO_ENTRY,
            "group_code": page.entry.group_code if page.entry else NO_ENTRY,
            "date": day,
            "year": day.year,
        }


def _portal_settings(organisation: OrganisationPage) -> PortalSettings:
    parts = organisation.get_url_parts()
    here = Q(site=parts[0]) if parts else Q(site__is_default_site=True)
    return PortalSettings.objects.filter(here).first() or PortalSettings()
