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
from pages.alerts import moments_here
from pages.models import NoticePage, OrganisationPage, PublicationRecord, RecordPage, ServiceIndexPage
from pages.presentation.reads import OPEN_NOTICE_DAYS
from snippets.health import SHOWN, next_maintenance_moment
from snippets.models import CatalogueEntry, Industry, ServiceItem

from . import topics

if TYPE_CHECKING:
    from django.db.models import QuerySet

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


def of_page(page: Page, since: datetime, about: Any = None) -> Grounds:
    """Return what the HTML of a page, or of what stands below it `about` a row, rests on that began at a moment."""
    if isinstance(page, RecordPage):
        return _of_record(page, since, html=True)
    # Everything else lists what stands below it, or what the whole portal has, and what runs or is due today.
    branch = page.path if isinstance(page, OrganisationPage) else page.path[:PORTAL_LENGTH]
    wide = {topics.CATALOGUE, topics.SERVICES}
    moments = [_next_moment(since)]
    if isinstance(page, ServiceIndexPage):
        wide |= {SHOWN} if about is None else {topics.of(type(about), about.pk)}
        moments += _maintenance(since, about)
    return Grounds(page.path, branch, frozenset(wide | _references(page)), min(moments))


def of_row(row: Any, since: datetime) -> Grounds:
    """Return what the API's answer about one row rests on that began to be rendered at a moment."""
    if isinstance(row, RecordPage):
        return _of_record(row, since, html=False)
    if isinstance(row, Page):
        return Grounds(row.path, "", frozenset(_references(row) | _addresses(row)))
    own = {topics.of(type(row), row.pk)}
    if isinstance(row, ServiceItem):
        path, until = row.provider.path if row.provider else "", min(_maintenance(since, row), default=None)
        return Grounds(path, "", frozenset(own | {topics.SERVICE_HALL}), until)
    if isinstance(row, Redirect):
        return _of_redirect(row, own)
    if isinstance(row, Site | Locale):
        own |= {topics.FRAME}
    return Grounds("", "", frozenset(own | _addresses(row)))


def _maintenance(since: datetime, item: Any) -> list[datetime]:
    """Return when announced maintenance of an item, or of any, begins or ends."""
    moment = next_maintenance_moment(since, item.translation_key if item is not None else None)
    return [moment] if moment else []


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


def _of_record(page: RecordPage, since: datetime, *, html: bool) -> Grounds:
    record = page.public_record
    found, moments = _references(page), _own_moments(page, since)
    moments += moments_here(page, since) if html else []
    if record is not None:
        found |= _of_register(record, html=html)
    if page.entry_id:
        found.add(topics.of(CatalogueEntry, page.entry_id))
    if html and record is not None and isinstance(page, NoticePage):
        found.add(topics.notices_of(record.organisation_id))
        moments += _moments_beside(record, since)
    return Grounds(page.path, "", frozenset(found), min(moments, default=None))


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


def _own_moments(page: RecordPage, since: datetime) -> list[datetime]:
    """Return when a notice begins or ends, and when names are shown or no longer shown."""
    moments = [page.starts_at, page.ends_at] if isinstance(page, NoticePage) else []
    if any(child.block_type == ContentKind.NAME_LIST for child in page.body):
        moments.append(_midnight(since))
    return [moment for moment in moments if moment and moment >= since]


def _moments_beside(record: PublicationRecord, since: datetime) -> list[datetime]:
    """Return when the clock changes what a notice says of its organisation's others; never where there are none."""
    others = NoticePage.objects.live().filter(record__organisation=record.organisation_id).exclude(record=record.pk)
    moments = _moments_of(others, since)
    return [*moments, _midnight(since)] if moments else []


def _next_moment(since: datetime) -> datetime:
    """Return when the clock alone changes a list: at midnight, or when a notice begins, ends or is no news any more."""
    return min([*_moments_of(NoticePage.objects.live(), since), _midnight(since)])


def _moments_of(notices: QuerySet[NoticePage], since: datetime) -> list[datetime]:
    """Return when the first of some notices begins, ends, is no news any more."""
    news = timedelta(days=OPEN_NOTICE_DAYS)
    fresh = Q(record__first_published_at__gte=since - news, ends_at=None)
    found = notices.aggregate(
        starts=Min("starts_at", filter=Q(starts_at__gte=since)),
        ends=Min("ends_at", filter=Q(ends_at__gte=since)),
        old=Min(F("record__first_published_at"), filter=fresh),
    )
    old = found["old"] + news if found["old"] else None
    return [moment for moment in (found["starts"], found["ends"], old) if moment]


def _midnight(since: datetime) -> datetime:
    day = timezone.localtime(since).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time.min))
