"""What a query finds: how much of each kind, and a page of it, described for the reader."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend
from wagtail.search.utils import get_descendants_content_types_pks

from blocks.story import plain_text
from blocks.together import read_together
from pages.identity import source_locale_id
from pages.models import DisclosurePage, NoticePage, OrganisationPage, PublicationRecord, ServiceIndexPage, Validity
from pages.presentation.notice import status
from pages.presentation.places import places
from pages.presentation.rows import name
from snippets.models import ServiceItem

from .excerpts import excerpt, marked, words_to_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.presentation import Reader

TEXT_LIMIT = 2_000
SERVICES_SHOWN = 3
NEWEST = "new"


class Kind(TextChoices):
    """The kinds of things one can look for."""

    DISCLOSURE = "disclosure", _("公开信息")
    NOTICE = "notice", _("公告")
    ORGANISATION = "organisation", _("单位")
    SERVICE = "service", _("服务")


PAGE_TYPES: dict[Kind, type[Page]] = {
    Kind.DISCLOSURE: DisclosurePage,
    Kind.NOTICE: NoticePage,
    Kind.ORGANISATION: OrganisationPage,
}


class Search:
    """One query, put to pages and to service items; asks nothing before it is asked.

    `query` has no NUL and is in Simplified characters.
    """

    def __init__(self, query: str, reader: Reader, order: str = "") -> None:
        self.query, self.reader, self.newest_first = query, reader, order == NEWEST
        self.words = words_to_mark(query)

    @cached_property
    def numbers(self) -> dict[Kind, int]:
        """Count what is found of each kind: one query for all pages, one for services."""
        numbers = dict.fromkeys(Kind, 0)
        by_type = self._pages(PAGE_TYPES.values()).facet("content_type_id")
        for kind, model in PAGE_TYPES.items():
            types = set(get_descendants_content_types_pks(model))
            numbers[kind] = sum(number for pk, number in by_type.items() if pk in types)
        numbers[Kind.SERVICE] = self.services.count()
        return numbers

    @property
    def services(self) -> Any:
        """Return the live service items that are found, in the languages of the reader."""
        items = ServiceItem.objects.filter(self._languages, live=True).select_related("provider", "industry")
        return get_search_backend().search(self.query, items)

    def of(self, kind: Kind | None) -> Any:
        """Return what is found of one kind, or of all kinds of pages; a list where the kind has nothing."""
        if kind and not self.numbers[kind]:
            # Not asked again: a query that finds nothing is widened, and the numbers beside the kinds would be wrong.
            return []
        if kind == Kind.SERVICE:
            return self.services
        return self._pages([PAGE_TYPES[kind]] if kind else PAGE_TYPES.values())

    def _pages(self, models: Any) -> Any:
        pages = Page.objects.live().public().filter(self._languages).type(tuple(models))
        if self.newest_first:
            newest = pages.order_by("-first_published_at", "-id")
            return newest.search(self.query, order_by_relevance=False)
        return pages.search(self.query)

    @cached_property
    def _languages(self) -> Q:
        """Scope to the source, and abroad also to its translations: what has none is still found."""
        if self.reader.reads_source:
            return Q(locale=source_locale_id())
        abroad = Locale.objects.filter(language_code=self.reader.language).values_list("pk", flat=True)
        return Q(locale__in=[source_locale_id(), *abroad])

    def exact(self) -> PublicationRecord | None:
        """Return the record whose index number was asked for."""
        return PublicationRecord.objects.select_related("organisation").filter(index_number=self.query).first()

    def rows(self, found: Sequence[Any]) -> list[dict[str, Any]]:
        """Describe results (`row_result.html`). At most six queries, whatever their number."""
        pages = [each for each in found if isinstance(each, Page)]
        if not pages:
            return self.service_rows(found)
        by_key = self._records(pages)
        specific = {
            **self._described(DisclosurePage, pages),
            **self._described(NoticePage, pages),
            **self._described(OrganisationPage, pages),
        }
        return [self._row(specific[page.pk], by_key.get(page.translation_key)) for page in pages if page.pk in specific]

    def service_answers(self) -> list[dict[str, Any]]:
        """Return the services that may settle the matter at once: those whose name holds what was asked."""
        nearest = self.services[:SERVICES_SHOWN] if self.numbers[Kind.SERVICE] else []
        return [row for row in self.service_rows(nearest) if "<mark>" in row["title"]]

    def service_rows(self, found: Sequence[ServiceItem]) -> list[dict[str, Any]]:
        """Describe service items."""
        hall = places(self.reader.request).first(ServiceIndexPage)
        base = self.reader.url(hall) if hall else ""
        return [
            {
                "title": marked(item.title, self.words),
                "url": f"{base}{item.code}/",
                "excerpt": excerpt(item.help_text or item.output, self.words),
                "kind": _("%(title)s类服务") % {"title": item.get_service_class_display()},
                "publisher": item.provider.title if item.provider else item.industry.display_title,
            }
            for item in found
            if hall
        ]

    def _records(self, pages: Sequence[Page]) -> dict[Any, PublicationRecord]:
        """Return the rows of the register by what a page and its translations have in common."""
        keys = [page.translation_key for page in pages]
        records = PublicationRecord.objects.filter(page__translation_key__in=keys).select_related(
            "page", "organisation"
        )
        return {record.page.translation_key: record for record in records if record.page}

    def _described(self, model: type[Page], pages: Sequence[Page]) -> dict[int, tuple[Page, str]]:
        """Return the pages of a type with their texts; blocks look up their rows together."""
        ids = [page.pk for page in pages if issubclass(page.specific_class or Page, model)]
        found = list(model.objects.in_bulk(ids).values()) if ids else []
        if model is OrganisationPage:
            return {page.pk: (page, f"{page.introduction} {page.address}") for page in found}
        with read_together([page.body for page in found]) as bodies:
            return {
                page.pk: (page, f"{page.summary}\n{plain_text(body)[:TEXT_LIMIT]}")
                for page, body in zip(found, bodies, strict=True)
            }

    def _row(self, described: tuple[Any, str], record: PublicationRecord | None) -> dict[str, Any]:
        page, text = described
        row = {
            **self.reader.link(page),
            "title": marked(page.title, self.words),
            "excerpt": excerpt(text, self.words),
            "kind": next(kind.label for kind, model in PAGE_TYPES.items() if isinstance(page, model)),
        }
        return {**row, **_published(page, record)} if record else row


def _published(page: Page, record: PublicationRecord) -> dict[str, Any]:
    """Say who published it when, and whether it still holds."""
    row = {
        "publisher": name(record.organisation),
        "date": timezone.localdate(record.first_published_at),
        "index_number": record.index_number,
    }
    if isinstance(page, NoticePage):
        state = status(page, record, timezone.now())
        return {**row, "status": state["label"], "status_kind": state["kind"]}
    if record.validity != Validity.IN_FORCE:
        return {**row, "status": record.get_validity_display(), "status_kind": "none"}
    return row
