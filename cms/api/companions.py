"""What the rows of an answer need besides themselves, fetched once for all of them and only when asked for."""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import OuterRef, Prefetch, Subquery, prefetch_related_objects
from django.utils import timezone
from wagtail.images.shortcuts import get_renditions_or_not_found

from blocks.image import RENDITIONS
from blocks.links import page_address
from blocks.together import read_together
from pages.models import (
    IndustryPage,
    OrganisationPage,
    OrganisationPhone,
    PhoneCheck,
    PublicationRecord,
    RosterEntry,
    ServiceIndexPage,
    ServiceOutlet,
)
from snippets.health import UNCHECKED, running
from snippets.models import Industry, LifeEventItem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import Model, QuerySet
    from wagtail.blocks import StreamValue
    from wagtail.models import Page

    from media.models import Image
    from snippets.health import Running
    from snippets.models import LifeEvent, ServiceItem

    from .public import PublicView

# The length of one step of a tree path; the portal stands on the second step.
STEP = OrganisationPage.steplen


class Companions:
    """`place` tells under which tree path a row stands, None when it stands nowhere."""

    def __init__(
        self, rows: Sequence[Any], place: Callable[[Any], str | None], *, public: PublicView, language: str
    ) -> None:
        self.rows, self.place, self.public, self.language = rows, place, public, language
        self._open = ExitStack()
        self._children: dict[type[Model], dict[Any, list[Any]]] = {}
        self._prefetched: set[str] = set()
        self._streams: dict[str, dict[Any, StreamValue]] = {}

    def __enter__(self) -> Companions:
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    @cached_property
    def keys(self) -> list[Any]:
        """Return the translation keys: side tables are kept for the source-language page of the same key."""
        return [row.translation_key for row in self.rows]

    @cached_property
    def organisations(self) -> dict[str, OrganisationPage]:
        """Return every public organisation at or above the rows by its path, with its roster code."""
        paths = {step for row in self.rows for step in _steps(self.place(row))}
        found = {page.path: page for page in with_code(self.public.pages(OrganisationPage).filter(path__in=paths))}
        return found | self._in_language(found)

    def _in_language(self, found: dict[str, OrganisationPage]) -> dict[str, OrganisationPage]:
        if self.language == settings.LANGUAGE_CODE or not found:
            return {}
        keys = {page.translation_key: path for path, page in found.items()}
        same = self.public.pages(OrganisationPage).filter(translation_key__in=keys, locale__language_code=self.language)
        return {keys[page.translation_key]: page for page in with_code(same)}

    def chain_of(self, row: Any) -> list[OrganisationPage]:
        """Return the organisations from the portal down to the row's own."""
        return [self.organisations[step] for step in _steps(self.place(row)) if step in self.organisations]

    def organisation_of(self, row: Any) -> OrganisationPage | None:
        """Return the organisation a row belongs to, exactly: never its superior instead of one that is not public."""
        return self.organisations.get(self.place(row) or "")

    def nearest_to(self, row: Any) -> OrganisationPage | None:
        """Return the nearest public organisation at or above a row."""
        return next(reversed(self.chain_of(row)), None)

    def superior_of(self, row: Any) -> OrganisationPage | None:
        """Return the organisation above an organisation."""
        return next((each for each in reversed(self.chain_of(row)) if each.pk != row.pk), None)

    def roster_of(self, row: Any) -> RosterEntry | None:
        """Return an organisation's place in the roster."""
        return self.roster.get(row.translation_key)

    @cached_property
    def roster(self) -> dict[Any, RosterEntry]:
        """Return the places in the roster by translation key."""
        entries = RosterEntry.objects.filter(organisation__translation_key__in=self.keys)
        return {entry.organisation.translation_key: entry for entry in entries.select_related("organisation")}

    @cached_property
    def parents(self) -> dict[str, Page]:
        """Return the public pages above the rows by path."""
        paths = {row.path[:-STEP] for row in self.rows}
        return {page.path: page for page in self.public.pages().filter(path__in=paths)}

    def parent_of(self, row: Any) -> Page | None:
        """Return the page above a page."""
        return self.parents.get(row.path[:-STEP])

    def attachments_of(self, row: Any) -> list[Any]:
        """Return the files of a disclosure or notice; of one read under a notice they have left the public."""
        if not row.live:
            return []
        return self.children(row, row._meta.get_field("attachments").related_model, "page", "document")

    def keywords_of(self, row: Any) -> list[str]:
        """Return the keywords of a disclosure or notice."""
        items = self.children(row, row._meta.get_field("keyword_items").related_model, "content_object", "tag")
        return [item.tag.name for item in items]

    @cached_property
    def branches(self) -> dict[int, list[Industry]]:
        """Return the branches of sectors."""
        found: dict[int, list[Industry]] = defaultdict(list)
        for branch in Industry.objects.filter(parent__in=[row.pk for row in self.rows]):
            found[branch.parent_id or 0].append(branch)
        return found

    def branches_of(self, row: Industry) -> list[Industry]:
        """Return the branches of a sector."""
        return self.branches.get(row.pk, [])

    @cached_property
    def industry_pages(self) -> dict[int, IndustryPage]:
        """Return the public pages of industries."""
        pages = self.public.pages(IndustryPage).filter(locale__language_code=self.language)
        return {page.industry_id: page for page in pages.filter(industry__in=[row.pk for row in self.rows])}

    def industry_address(self, row: Industry, context: dict[str, Any]) -> str:
        """Return the address of an industry's page."""
        page = self.industry_pages.get(row.pk)
        return page_address(page, context) if page else ""

    @cached_property
    def service_hall(self) -> ServiceIndexPage | None:
        """Return the page under which the guides to service items stand."""
        halls = self.public.pages(ServiceIndexPage).filter(locale__language_code=self.language)
        found: ServiceIndexPage | None = halls.order_by("path").first()
        return found

    def guide_address(self, row: ServiceItem, context: dict[str, Any]) -> str:
        """Return the address of the guide to a service item."""
        hall = self.service_hall
        return page_address(hall, context) + hall.reverse_subpage("item", args=[row.code]) if hall else ""

    @cached_property
    def running(self) -> dict[Any, Running]:
        """Return how the online side of service items runs now."""
        return running(self.keys, timezone.now())

    def running_of(self, row: ServiceItem) -> Running:
        """Return how the online side of a service item runs now."""
        return self.running.get(row.translation_key, UNCHECKED)

    @cached_property
    def life_events(self) -> dict[Any, list[LifeEvent]]:
        """Return the life events of service items."""
        found: dict[Any, list[LifeEvent]] = defaultdict(list)
        rows = LifeEventItem.objects.filter(item__translation_key__in=self.keys).select_related("event", "item")
        for row in rows.order_by("event__order", "event__code"):
            found[row.item.translation_key].append(row.event)
        return found

    def life_events_of(self, row: ServiceItem) -> list[LifeEvent]:
        """Return the life events a service item belongs to."""
        return self.life_events.get(row.translation_key, [])

    def renditions_of(self, row: Image) -> list[Any]:
        """Return the sizes of an image, from small to large."""
        if "renditions" not in self._prefetched:
            renditions = row.renditions.model.objects.filter(filter_spec__in=RENDITIONS)
            prefetch_related_objects(list(self.rows), Prefetch("renditions", renditions, "prefetched_renditions"))
            self._prefetched.add("renditions")
        return list(get_renditions_or_not_found(row, RENDITIONS).values())

    def phones_of(self, row: Any) -> list[Any]:
        """Return an organisation's phones, each with its latest test as `check`."""
        phones = self.children(row, OrganisationPhone, "page")
        for phone in phones:
            phone.check = self.phone_checks.get((row.translation_key, phone.number))
        return phones

    def outlets_of(self, row: Any) -> list[Any]:
        """Return an organisation's counters."""
        return self.children(row, ServiceOutlet, "page")

    @cached_property
    def phone_checks(self) -> dict[tuple[Any, str], PhoneCheck]:
        """Return the latest test of each number by translation key and number."""
        checks = PhoneCheck.objects.filter(organisation__translation_key__in=self.keys)
        return {
            (each.organisation.translation_key, each.number): each for each in checks.select_related("organisation")
        }

    @cached_property
    def records(self) -> dict[Any, PublicationRecord]:
        """Return the rows of the register by page, those of the predecessors too."""
        named = {key for row in self.rows for key in (row.supersedes_id, row.repeals_id) if key}
        if self.language == settings.LANGUAGE_CODE:
            rows = PublicationRecord.objects.filter(page__in={row.pk for row in self.rows} | named)
            return {record.page_id: record for record in rows.select_related("page", "ended_by__page")}
        pages = dict(zip(self.keys, (row.pk for row in self.rows), strict=True))
        rows = PublicationRecord.objects.filter(page__translation_key__in=self.keys).select_related(
            "page", "ended_by__page"
        )
        before = PublicationRecord.objects.filter(page__in=named).select_related("page", "ended_by__page")
        own = {pages[record.page.translation_key]: record for record in rows if record.page}
        return {record.page_id: record for record in before} | own

    def record_of(self, row: Any) -> PublicationRecord | None:
        """Return a disclosure's or notice's row in the register, with what it has ended as `predecessors`."""
        record = self.records.get(row.pk)
        if record:
            record.predecessors = self._predecessors(row, record)  # type: ignore[attr-defined]
        return record

    def _predecessors(self, row: Any, own: PublicationRecord) -> list[PublicationRecord]:
        found = (self.records.get(key) for key in dict.fromkeys((row.supersedes_id, row.repeals_id)))
        return [each for each in found if each and each.ended_by_id == own.pk]

    def children(self, row: Any, model: type[Model], key: str, *joined: str) -> list[Any]:
        """Return the rows of a child table that belong to a row, in their order."""
        if model not in self._children:
            grouped: dict[Any, list[Any]] = defaultdict(list)
            order = "sort_order" if hasattr(model, "sort_order") else "pk"
            rows = model._default_manager.filter(**{f"{key}__in": [each.pk for each in self.rows]})
            for child in rows.select_related(*joined).order_by(order, "pk"):
                grouped[getattr(child, f"{key}_id")].append(child)
            self._children[model] = grouped
        return self._children[model].get(row.pk, [])

    def stream(self, row: Any, name: str) -> StreamValue | None:
        """Return a row's stream, read together with those of all rows; None where there is none."""
        if name not in self._streams:
            found = {each.pk: value for each in self.rows if (value := getattr(each, name)) is not None}
            read = self._open.enter_context(read_together(list(found.values())))
            self._streams[name] = dict(zip(found, read, strict=True))
        return self._streams[name].get(row.pk)


def with_code(organisations: QuerySet) -> QuerySet:
    """Add the roster code, which hangs on the source-language page."""
    entries = RosterEntry.objects.filter(organisation__translation_key=OuterRef("translation_key"))
    return organisations.annotate(code=Subquery(entries.values("code")[:1]))


def _steps(path: str | None) -> list[str]:
    return [path[:end] for end in range(2 * STEP, len(path) + 1, STEP)] if path else []
