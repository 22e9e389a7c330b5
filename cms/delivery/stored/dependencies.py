"""What an answer rests on, found out from what it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Min, Q
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, ReferenceIndex, Site

from blocks.kinds import ContentKind
from cms.api.redirected import last_words
from pages.models import NoticePage, OrganisationPage, PublicationRecord, RecordPage
from pages.presentation.reads import OPEN_NOTICE_DAYS
from snippets.models import CatalogueEntry, Industry, ServiceItem

from . import topics

if TYPE_CHECKING:
    pass

PORTAL_LENGTH = 2 * Page.steplen


@dataclass(frozen=True)
class Grounds:
    """What an answer rests on: its place in the tree, the branch it lists, topics; and until when the clock lets it."""

    path: str = ""
    lists: str = ""
    topics: frozenset[str] = field(default_factory=frozenset)
    until: datetime | None = None

    @property
    def written(self) -> str:
        """Return the topics in one line."""
        return " ".join(sorted(self.topics))


def of_page(page: Page) -> Grounds:
    """Return what the HTML of a page rests on."""
    if isinstance(page, RecordPage):
        return _of_record(page, html=True)
    # Everything else lists what stands below it, or what the whole portal has, and what runs or is due today.
    branch = page.path if isinstance(page, OrganisationPage) else page.path[:PORTAL_LENGTH]
    wide = {topics.CATALOGUE, topics.SERVICES}
    return Grounds(page.path, branch, frozenset(wide | _references(page)), _next_moment())


def of_row(row: Any) -> Grounds:
    """Return what the API's answer about one row rests on."""
    if isinstance(row, RecordPage):
        return _of_record(row, html=False)
    if isinstance(row, Page):
        return Grounds(row.path, "", frozenset(_references(row) | _addresses(row)))
    own = {topics.of(type(row), row.pk)}
    if isinstance(row, ServiceItem):
        return Grounds(row.provider.path if row.provider else "", "", frozenset(own | {topics.SERVICE_HALL}))
    if isinstance(row, Redirect):
        return _of_redirect(row, own)
    if isinstance(row, Site | Locale):
        own |= {topics.FRAME}
    return Grounds("", "", frozenset(own | _addresses(row)))


def _of_redirect(row: Redirect, own: set[str]) -> Grounds:
    """A redirect leads to a page; what has left the public may lead on."""
    if row.redirect_page is None:
        return Grounds("", "", frozenset(own))
    words = last_words([row.redirect_page]).get(row.redirect_page.pk)
    if words is not None and words.withdrawn_to_id:
        own |= {topics.of(Page, words.withdrawn_to_id)}
    return Grounds(row.redirect_page.path, "", frozenset(own))


def _addresses(row: Any) -> set[str]:
    """An industry shows the address of its page, a catalogue entry none."""
    return {topics.INDUSTRY_PAGES} if isinstance(row, Industry) else set()


def _of_record(page: RecordPage, *, html: bool) -> Grounds:
    record = page.public_record
    found = _references(page)
    if record is not None:
        found |= _of_register(record, html=html)
    if page.entry_id:
        found.add(topics.of(CatalogueEntry, page.entry_id))
    return Grounds(page.path, "", frozenset(found), _own_moment(page))


def _of_register(record: PublicationRecord, *, html: bool) -> set[str]:
    linked = record.ended_by_id or PublicationRecord.objects.filter(ended_by=record.pk).exists()
    found = {topics.versions(record.organisation_id)} if linked else set()
    if html:
        found.add(topics.services_of(record.organisation_id))
        if record.entry is not None:
            found.add(topics.group(record.organisation_id, record.entry.catalogue, record.entry.group_code))
    return found


def _references(page: Page) -> set[str]:
    """Return the rows its content names: pictures, files, service items, other pages."""
    base = ContentType.objects.get_for_model(Page)
    rows = ReferenceIndex.objects.filter(base_content_type=base, object_id=str(page.pk))
    pairs = rows.values_list("to_content_type", "to_object_id").distinct()
    return {
        topics.of(model, key)
        for kind, key in pairs
        if (model := ContentType.objects.get_for_id(kind).model_class()) is not None
    }


def _own_moment(page: RecordPage) -> datetime | None:
    """Return when a notice begins or ends, and when names are shown or no longer shown."""
    now = timezone.now()
    moments = [page.starts_at, page.ends_at] if isinstance(page, NoticePage) else []
    if any(child.block_type == ContentKind.NAME_LIST for child in page.body):
        moments.append(_midnight(now))
    return min((moment for moment in moments if moment and moment > now), default=None)


def _next_moment() -> datetime:
    """Return when the clock alone changes a list: at midnight, or when a notice begins, ends or is no news any more."""
    now = timezone.now()
    notices = NoticePage.objects.live()
    news = timedelta(days=OPEN_NOTICE_DAYS)
    found = notices.aggregate(
        starts=Min("starts_at", filter=Q(starts_at__gt=now)),
        ends=Min("ends_at", filter=Q(ends_at__gt=now)),
        old=Min(F("record__first_published_at"), filter=Q(record__first_published_at__gt=now - news, ends_at=None)),
    )
    old = found["old"] + news if found["old"] else None
    return min(each for each in (found["starts"], found["ends"], old, _midnight(now)) if each)


def _midnight(now: datetime) -> datetime:
    day = timezone.localtime(now).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time.min))
