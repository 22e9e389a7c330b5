"""Index numbers (索引号): given once, at first publication; unique, never changed, never reused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.functional import cached_property

from rules.index_number import IndexScheme
from snippets.models import PortalSettings

from .models import IndexCounter, PublicationRecord, RosterEntry
from .roster import ensure_roster_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from .models import OrganisationPage, RecordPage

# What an index number shows in place of an entry or a division that is not there.
NO_ENTRY, NO_DIVISION = "0", "000000"
# Rows per statement.
BATCH = 500


class Counters:
    """Rows of `IndexCounter`, each locked until the transaction ends.

    PostgreSQL: FOR UPDATE; SQLite: the IMMEDIATE write lock. Two publications of one series wait for each other, those
    of others do not.
    """

    def __init__(self) -> None:
        self.rows: dict[str, IndexCounter] = {}

    def hold(self, series: Iterable[str]) -> None:
        """Lock the counters of these series, and make those that are missing."""
        wanted = set(series) - self.rows.keys()
        if not wanted:
            return
        self._lock(wanted)
        if missing := sorted(wanted - self.rows.keys()):
            IndexCounter.objects.bulk_create([IndexCounter(series=each) for each in missing], ignore_conflicts=True)
            self._lock(missing)

    def _lock(self, series: Iterable[str]) -> None:
        # In one order, so that two bulk loads do not wait for each other in a ring.
        locked = IndexCounter.objects.select_for_update().filter(series__in=series).order_by("series")
        self.rows |= {row.series: row for row in locked}

    def save(self) -> None:
        """Write the counters."""
        rows = [IndexCounter(series=row.series, last=row.last) for row in self.rows.values()]
        IndexCounter.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["series"], update_fields=["last"], batch_size=BATCH
        )


class IndexNumbers:
    """The numbers of one organisation, within a transaction."""

    def __init__(self, organisation: OrganisationPage, code: str, scheme: IndexScheme, counters: Counters) -> None:
        self.organisation, self.code, self.scheme, self.counters = organisation, code, scheme, counters

    @classmethod
    def of(cls, organisations: Sequence[OrganisationPage]) -> dict[int, IndexNumbers]:
        """Return the numbers of organisations, by their keys; they share their counters."""
        rosters = dict(RosterEntry.objects.filter(organisation__in=organisations).values_list("organisation", "code"))
        counters, schemes = Counters(), Schemes()
        return {
            each.pk: cls(each, rosters.get(each.pk) or ensure_roster_entry(each).code, schemes.of(each), counters)
            for each in organisations
        }

    def series_of(self, page: RecordPage, at: datetime) -> str:
        """Return the series a page belongs to."""
        return self.scheme.series(**self._fields(page, at))

    def next(self, page: RecordPage, at: datetime, *, verify: bool = True) -> str:
        """Give the next number of the series a page belongs to; save the counters afterwards.

        A changed scheme may meet numbers given under an older one; a bulk load saves itself the question.
        """
        fields = self._fields(page, at)
        series = self.scheme.series(**fields)
        self.counters.hold([series])
        counter = self.counters.rows[series]
        while True:
            counter.last += 1
            number = self.scheme.format(**fields, serial=counter.last)
            if not verify or not PublicationRecord.objects.filter(index_number=number).exists():
                return number

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


class Schemes:
    """The schemes of all sites, asked for once."""

    @cached_property
    def settings(self) -> list[PortalSettings]:
        """Return the settings of each site, the deepest root first, then the default one. One query."""
        rows = list(PortalSettings.objects.select_related("site__root_page"))
        return sorted(rows, key=lambda row: (-len(row.site.root_page.path), not row.site.is_default_site))

    def of(self, organisation: OrganisationPage) -> IndexScheme:
        """Return the scheme of the site an organisation stands in; of the default site where it stands in none."""
        around = [row for row in self.settings if organisation.path.startswith(row.site.root_page.path)]
        default = [row for row in self.settings if row.site.is_default_site]
        return IndexScheme((*around, *default, PortalSettings())[0].index_number_scheme)
