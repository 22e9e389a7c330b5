"""The public register: what happens when a record page becomes public, changes, or leaves the public.

Called from Wagtail's own signals, inside the publishing transaction (`BasePage.publish`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from rules.index_number import IndexScheme
from snippets.models import PortalSettings

from .identity import is_source
from .models import IndexCounter, PublicationRecord, RosterEntry, Validity
from .roster import ensure_roster_entry

if TYPE_CHECKING:
    from datetime import datetime

    from .models import OrganisationPage, RecordPage

# What an index number shows in place of an entry or a division that is not there.
NO_ENTRY, NO_DIVISION = "0", "000000"


@transaction.atomic
def record_publication(page: RecordPage, now: datetime | None = None) -> PublicationRecord | None:
    """Enter a published page in the register, or bring its row up to date.

    Gives the index number at first publication; translated copies have none of their own (one fact, one home).
    """
    if not is_source(page) or not page.live:
        return None
    now = now or timezone.now()
    record = PublicationRecord.objects.filter(page=page.pk).first()
    if record is None:
        record = _first_publication(page, now)
    else:
        record.title, record.entry, record.last_published_at = page.title, page.entry, now
        record.is_public, record.withdrawn_at, record.withdrawal_reason = True, None, ""
        record.save()
    _settle_predecessors(page, record)
    return record


@transaction.atomic
def record_withdrawal(page: RecordPage, reason: str = "", now: datetime | None = None) -> None:
    """Mark the row of a page that left the public; what it had ended is in force again."""
    record = PublicationRecord.objects.filter(page=page.pk).first()
    if record is None:
        return
    record.is_public, record.withdrawn_at, record.withdrawal_reason = False, now or timezone.now(), reason
    record.save(update_fields=["is_public", "withdrawn_at", "withdrawal_reason"])
    record.ended.update(validity=Validity.IN_FORCE, ended_by=None)


def _first_publication(page: RecordPage, now: datetime) -> PublicationRecord:
    organisation = page.organisation
    if organisation is None:  # pragma: no cover (the table of levels puts every record under an organisation)
        raise ValueError(f"{page} stands under no organisation")
    return PublicationRecord.objects.create(
        page=page,
        organisation=organisation,
        entry=page.entry,
        title=page.title,
        index_number=next_index_number(organisation, page, now),
        first_published_at=now,
        last_published_at=now,
    )


def _settle_predecessors(page: RecordPage, record: PublicationRecord) -> None:
    """Set the validity of what this page supersedes or repeals; release what it no longer names."""
    named = {page.supersedes_id: Validity.SUPERSEDED, page.repeals_id: Validity.REPEALED}
    named.pop(None, None)
    record.ended.exclude(page__in=named).update(validity=Validity.IN_FORCE, ended_by=None)
    for pk, validity in named.items():
        PublicationRecord.objects.filter(page=pk).update(validity=validity, ended_by=record)


def next_index_number(organisation: OrganisationPage, page: RecordPage, now: datetime) -> str:
    """Give the next index number of the organisation's year. Never reused, unique under concurrency.

    The counter row is locked for the rest of the transaction (PostgreSQL: FOR UPDATE; SQLite: the IMMEDIATE write
    lock), so two publications of one organisation wait for each other and those of others do not.
    """
    local = timezone.localtime(now)
    IndexCounter.objects.get_or_create(organisation=organisation, year=local.year)
    counter = IndexCounter.objects.select_for_update().get(organisation=organisation, year=local.year)
    scheme = _scheme(page)
    roster = RosterEntry.objects.filter(organisation=organisation).first() or ensure_roster_entry(organisation)
    while True:
        counter.last += 1
        number = scheme.format(
            organisation_code=roster.code,
            division_code=organisation.division_code or NO_DIVISION,
            catalogue=page.entry.catalogue if page.entry else NO_ENTRY,
            entry_code=page.entry.code if page.entry else NO_ENTRY,
            group_code=page.entry.group_code if page.entry else NO_ENTRY,
            date=local.date(),
            serial=counter.last,
        )
        # A changed scheme may meet numbers given under an older one.
        if not PublicationRecord.objects.filter(index_number=number).exists():
            counter.save(update_fields=["last"])
            return number


def _scheme(page: RecordPage) -> IndexScheme:
    site = page.get_site()
    settings = PortalSettings.for_site(site) if site else PortalSettings()
    return IndexScheme(settings.index_number_scheme)
