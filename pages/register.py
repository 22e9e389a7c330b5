"""The public register: what happens when a record page becomes public, changes, or leaves the public.

Called from Wagtail's own signals, inside the publishing transaction (`BasePage.publish`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from accounts.withdrawable import Leaving, WithdrawalKind, Withdrawn
from ledger.changes import announce

from .bulk_rows import reserve, write_objects
from .identity import is_source
from .index_numbers import IndexNumbers
from .models import PublicationRecord, Validity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from .models import OrganisationPage, RecordPage


@transaction.atomic(savepoint=False)
def record_publication(page: RecordPage, now: datetime | None = None) -> PublicationRecord | None:
    """Enter a published page in the register, or bring its row up to date.

    Gives the index number at first publication; translated copies have none of their own (one fact, one home).
    """
    if not is_source(page) or not page.live:
        return None
    now = now or timezone.now()
    record = PublicationRecord.objects.filter(page=page.pk).first()
    is_first = record is None
    if record is None:
        record = _first_publication(page, now)
    else:
        record.title, record.entry, record.last_published_at = page.title, page.entry, now
        record.is_public = True
        record.forget_leaving()
        record.save()
    # What is public for the first time has ended nothing yet.
    if not is_first or page.supersedes_id or page.repeals_id:
        _settle_predecessors(page, record)
    return record


@transaction.atomic
def record_withdrawal(page: RecordPage, leaving: Leaving | None = None, now: datetime | None = None) -> None:
    """Mark the row of a page that left the public, and how; what it had ended is in force again."""
    record = PublicationRecord.objects.filter(page=page.pk).first()
    if record is None:
        return
    record.is_public = False
    record.note_leaving(leaving or Leaving(WithdrawalKind.GONE), now or timezone.now())
    record.save(update_fields=["is_public", *Withdrawn.WITHDRAWAL_FIELDS])
    _still_ended(record).update(validity=Validity.IN_FORCE, ended_by=None)


@transaction.atomic
def record_replacement(page: RecordPage, successor: PublicationRecord) -> None:
    """Mark the row of a page that was withdrawn because another one says it better."""
    announce(keys=[page.pk, successor.page_id] if successor.page_id else [page.pk])
    PublicationRecord.objects.filter(page=page.pk).update(validity=Validity.SUPERSEDED, ended_by=successor)


def _still_ended(record: PublicationRecord) -> QuerySet[PublicationRecord]:
    """Return what this one ended by being published; what was withdrawn in its favour stays so."""
    return PublicationRecord.objects.filter(ended_by=record).exclude(withdrawal_kind=WithdrawalKind.SUPERSEDED)


def _first_publication(page: RecordPage, now: datetime) -> PublicationRecord:
    organisation = page.organisation
    if organisation is None:  # pragma: no cover (the table of levels puts every record under an organisation)
        raise ValueError(f"{page} stands under no organisation")
    numbers = IndexNumbers.of([organisation])[organisation.pk]
    record = _row(organisation, page, numbers.next(page, now), now)
    numbers.counters.save()
    record.save()
    return record


def _row(
    organisation: OrganisationPage, page: RecordPage, index_number: str, at: datetime | None = None
) -> PublicationRecord:
    at = at or page.first_published_at
    return PublicationRecord(
        page=page,
        organisation=organisation,
        entry=page.entry,
        title=page.title,
        index_number=index_number,
        first_published_at=at,
        last_published_at=at,
    )


@transaction.atomic
def record_many(placed: Sequence[tuple[OrganisationPage, Sequence[RecordPage]]]) -> list[PublicationRecord]:
    """Enter many freshly published source pages of some organisations, at each page's own first publication.

    For bulk loads: a handful of statements whatever their number. The pages supersede and repeal nothing.
    """
    numbers = IndexNumbers.of([organisation for organisation, _pages in placed])
    ordered = [
        (numbers[organisation.pk], page)
        for organisation, pages in placed
        for page in sorted(pages, key=lambda page: page.first_published_at)
    ]
    if not ordered:
        return []
    counters = ordered[0][0].counters
    counters.hold(mine.series_of(page, page.first_published_at) for mine, page in ordered)
    records = [
        _row(mine.organisation, page, mine.next(page, page.first_published_at, verify=False)) for mine, page in ordered
    ]
    counters.save()
    # Many at once change lists everywhere; single questions would cost more than rendering anew.
    announce(entered=[page.pk for _mine, page in ordered], everything=True)
    for record, key in zip(records, reserve(PublicationRecord, len(records)), strict=True):
        record.pk = key
    write_objects(PublicationRecord, records)
    return records


def _settle_predecessors(page: RecordPage, record: PublicationRecord) -> None:
    """Set the validity of what this page supersedes or repeals; release what it no longer names."""
    named = {page.supersedes_id: Validity.SUPERSEDED, page.repeals_id: Validity.REPEALED}
    named.pop(None, None)
    _still_ended(record).exclude(page__in=named).update(validity=Validity.IN_FORCE, ended_by=None)
    for pk, validity in named.items():
        PublicationRecord.objects.filter(page=pk).update(validity=validity, ended_by=record)
    announce(keys=named)
