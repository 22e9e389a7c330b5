"""Sample disclosures: every unit something, the showcase units their whole catalogue."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from wagtail.models import Page

from blocks.kinds import ContentKind
from pages.bulk import bulk_add
from pages.models import DisclosurePage, OrganisationPage, PublicationRecord
from pages.register import record_many
from snippets.models import CatalogueEntry

from .bodies import sample_body

if TYPE_CHECKING:
    from accounts.models import User

# What most units show in the sample; the showcase units show everything but one entry that is owed.
FEW = 5
# Fulfilled by rows of the organisation, by a notice, or generated.
NOT_BY_DISCLOSURE = {
    ContentKind.PHONE_LIST,
    ContentKind.OUTLET_LIST,
    ContentKind.CATALOGUE,
    ContentKind.ANNOUNCEMENT,
}
OPENING = time(9, 30)
# What people call it, which the catalogue does not say: they search for it.
EVERYDAY = {("water", "B01"): "水价"}


def add_disclosures(organisation: OrganisationPage, entries: list[CatalogueEntry], user: User | None, on: date) -> int:
    """Publish one sample disclosure per entry, spread over the past months; return how many."""
    if PublicationRecord.objects.filter(organisation=organisation).exists() or not entries:
        return 0
    pages = [_page(organisation, entry) for entry in entries]
    moments = {entry.pk: _moment(on, organisation.pk + 3 * number) for number, entry in enumerate(entries)}
    bulk_add(Page.objects.get(pk=organisation.pk), pages, user=user, at=lambda page: moments[page.entry_id])
    record_many([(organisation, pages)])
    return len(pages)


def entries_of(organisation: Any, on: date, *, everything: bool) -> list[CatalogueEntry]:
    """Return the entries to show: all that a disclosure can fulfil but the last, or the first few mandatory ones."""
    entries = [
        entry
        for entry in CatalogueEntry.of_catalogue(organisation.catalogue_code, on)
        if entry.content_kind not in NOT_BY_DISCLOSURE
    ]
    if everything:
        return entries[:-1]
    return [entry for entry in entries if entry.is_mandatory][:FEW]


def _page(organisation: OrganisationPage, entry: CatalogueEntry) -> DisclosurePage:
    title = f"{entry.title[:100]}（示例）"
    everyday = EVERYDAY.get((entry.catalogue, entry.code))
    about = f"{everyday}：" if everyday else ""
    return DisclosurePage(
        title=title,
        entry=entry,
        summary=f"{about}{organisation.display_name}公开的{entry.title[:50]}，示例内容。",
        generated_on=date(2026, 1, 15),
        body=sample_body(entry.content_kind, entry.title),
    )


def _moment(on: date, spread: int) -> datetime:
    day = on - timedelta(days=(spread * 7) % 120)
    return timezone.make_aware(datetime.combine(day, OPENING)) + timedelta(minutes=spread % 300)
