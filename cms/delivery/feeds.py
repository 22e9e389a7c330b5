"""Atom feeds: the latest of the portal, of an organisation with all below it, of an industry."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.models import Page

from pages.exports import NOT_IN_XML
from pages.identity import source_of
from pages.models import IndustryPage, PublicationRecord, UnitPage
from pages.presentation import Reader
from pages.presentation.head import FEED
from pages.presentation.reads import records_below
from pages.presentation.rows import name

from .traditional import is_traditional

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

LENGTH = 50


@dataclass(frozen=True)
class Subject:
    """What a feed is about, and who reads it."""

    page: Any
    reader: Reader


@dataclass(frozen=True)
class Entry:
    """One record as a reader sees it."""

    record: PublicationRecord
    page: Page
    publisher: Page
    summary: str
    reader: Reader


class LatestFeed(Feed):
    """The latest records of a page that has a feed, at `<its address>feed.atom`.

    The id of an entry is the permanent address of its index number: it stays when the page moves.
    """

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer by a copy: Django reads the language from the instance, which all threads share."""
        answer: HttpResponse = Feed.__call__(copy(self), request, *args, **kwargs)
        return answer

    def get_object(self, request: HttpRequest, path: str = "") -> Subject:
        """Find the page a feed belongs to; its routes (a catalogue, a guide) have none."""
        found = Page.route_for_request(request, path)
        match = getattr(request, "routable_resolver_match", None)
        if found is None or match is None or match.url_name != "index_route" or not found.page.has_feed:
            raise Http404
        reader = Reader(request)
        self.language = language_tag(reader)
        return Subject(found.page, reader)

    def title(self, subject: Subject) -> str:
        """Name whose news these are."""
        return _("%(name)s的最新公开") % {"name": subject.page.title}

    def subtitle(self, subject: Subject) -> str:
        """Say what the page says of itself."""
        return str(getattr(subject.page, "introduction", ""))

    def link(self, subject: Subject) -> str:
        """Lead to the page."""
        return subject.reader.url(subject.page)

    def feed_url(self, subject: Subject) -> str:
        """Return the feed's own address."""
        return f"{subject.reader.url(subject.page)}{FEED}"

    def items(self, subject: Subject) -> list[Entry]:
        """Return the newest records. One query, one more abroad."""
        return entries(newest(_scope(subject.page)), subject.reader)

    def item_title(self, entry: Entry) -> str:
        """Return the title; what XML cannot hold would break the whole feed."""
        return NOT_IN_XML.sub("", entry.page.title)

    def item_description(self, entry: Entry) -> str:
        """Return the summary, as the HTML that Atom takes it for; that of a translation is not at hand."""
        is_translated = entry.page.pk != entry.record.page_id
        return "" if is_translated else escape(NOT_IN_XML.sub("", entry.summary))

    def item_link(self, entry: Entry) -> str:
        """Lead to the page."""
        return entry.reader.url(entry.page)

    def item_guid(self, entry: Entry) -> str:
        """Return the permanent address."""
        path = reverse("index_number", args=[entry.record.index_number])
        return entry.reader.request.build_absolute_uri(path)

    def item_pubdate(self, entry: Entry) -> datetime:
        """Return the first publication."""
        return entry.record.first_published_at

    def item_updateddate(self, entry: Entry) -> datetime:
        """Return the last publication."""
        return entry.record.last_published_at

    def item_author_name(self, entry: Entry) -> str:
        """Return the publisher."""
        return NOT_IN_XML.sub("", name(entry.publisher))

    def item_categories(self, entry: Entry) -> list[str]:
        """Return the catalogue entry and its group."""
        found = entry.record.entry
        return [found.display_group, found.display_title] if found else []


def language_tag(reader: Reader) -> str:
    """Return the language of a feed as its readers know it."""
    if is_traditional(reader.request):
        return "zh-Hant"
    return {"zh-hans": "zh-Hans"}.get(reader.language, reader.language)


def newest(scope: Q) -> QuerySet[PublicationRecord]:
    """Return the newest public records of a scope, as a feed tells of them."""
    records = PublicationRecord.objects.filter(scope, is_public=True, page__isnull=False)
    summary = Coalesce(F("page__disclosurepage__summary"), F("page__noticepage__summary"))
    found = records.select_related("page", "organisation", "entry").annotate(summary=summary)
    return found.order_by("-first_published_at", "-pk")[:LENGTH]


def entries(records: Iterable[Any], reader: Reader) -> list[Entry]:
    """Return records as a reader sees them. One query, one more abroad."""
    records = list(records)
    shown = reader.translated([page for each in records for page in (each.page, each.organisation)])
    return [
        Entry(each, shown[each.page_id], shown[each.organisation_id], each.summary or "", reader) for each in records
    ]


def _scope(page: Any) -> Q:
    source = source_of(page)
    if isinstance(page, IndustryPage):
        return Q(organisation__industry=page.industry_id) | Q(organisation__industry__parent=page.industry_id)
    # A unit has nobody below it; asked by its key, the register answers from its own index.
    return Q(organisation=source.pk) if isinstance(page, UnitPage) else records_below(source)
