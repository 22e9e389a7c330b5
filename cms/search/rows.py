"""Results as a reader sees them (`row_result.html`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from blocks.story import plain_text
from blocks.together import read_together
from pages.models import NoticePage, OrganisationPage, PublicationRecord, ServiceIndexPage, Validity
from pages.presentation.notice import status
from pages.presentation.places import places
from pages.presentation.rows import name
from snippets.models import CatalogueEntry, ServiceItem

from .excerpts import excerpt, marked
from .kinds import PAGE_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .found import Search

TEXT_LIMIT = 2_000
# What a result shows of the register, and of the organisation.
SHOWN = (
    *("index_number", "first_published_at", "validity", "withdrawal_kind"),
    *("organisation__title", "organisation__short_name"),
)


class Rows:
    """Describes what a search found, with the words marked."""

    def __init__(self, found: Search) -> None:
        self.found, self.reader, self.words = found, found.reader, found.words

    def of(self, found: Sequence[Any]) -> list[dict[str, Any]]:
        """Describe results, of one kind or of several, in their order. At most four queries, whatever their number."""
        pages = [each for each in found if isinstance(each, Page)]
        rows = {page.pk: row for page, row in self._pages(pages)}
        services = self._services([each for each in found if isinstance(each, ServiceItem)])
        described = (
            rows.get(each.pk)
            if isinstance(each, Page)
            else self.entry(each)
            if isinstance(each, CatalogueEntry)
            else services.get(each.pk)
            for each in found
        )
        return [row for row in described if row]

    def entry(self, entry: CatalogueEntry) -> dict[str, Any]:
        """Describe an entry of a catalogue."""
        return {
            "title": marked(entry.display_title, self.words),
            "url": self.found.places.url(entry),
            "excerpt": excerpt(_("%(group)s，%(rule)s") % {
                "group": entry.display_group, "rule": entry.update_rule_text
            }, self.words),
            "kind": _("公开事项 %(code)s") % {"code": entry.code},
            "publisher": self.found.places.title(entry),
        }  # fmt: skip

    def _services(self, items: Iterable[ServiceItem]) -> dict[int, dict[str, Any]]:
        """Describe service items, by their keys."""
        hall = places(self.reader.request).first(ServiceIndexPage)
        base = self.reader.url(hall) if hall else ""
        return {
            item.pk: {
                "title": marked(item.title, self.words),
                "url": f"{base}{item.code}/",
                "excerpt": excerpt(item.help_text or item.output, self.words),
                "kind": _("%(title)s类服务") % {"title": item.get_service_class_display()},
                "publisher": item.provider.title if item.provider else item.industry.display_title,
            }
            for item in items
            if hall
        }

    def _pages(self, pages: Sequence[Page]) -> Iterable[tuple[Page, dict[str, Any]]]:
        texts: dict[int, str] = {}
        for model in PAGE_TYPES.values():
            texts |= self._texts(model, [page for page in pages if isinstance(page, model)])
        by_key = self._records([page for page in pages if not isinstance(page, OrganisationPage)])
        for page in pages:
            yield page, self._page(page, texts[page.pk], by_key.get(page.translation_key))

    def _records(self, pages: Sequence[Page]) -> dict[Any, PublicationRecord]:
        """Return the rows of the register by what a page and its translations have in common."""
        keys = [page.translation_key for page in pages]
        records = PublicationRecord.objects.filter(page__translation_key__in=keys).select_related("organisation")
        records = records.only(*SHOWN).annotate(translation_key=F("page__translation_key"))
        return {record.translation_key: record for record in records} if keys else {}

    def _texts(self, model: type[Page], pages: Sequence[Any]) -> dict[int, str]:
        """Return the texts of pages of a type; blocks look up their rows together."""
        if model is OrganisationPage:
            return {page.pk: f"{page.introduction} {page.address}" for page in pages}
        with read_together([page.body for page in pages]) as bodies:
            return {
                page.pk: f"{page.summary}\n{plain_text(body)[:TEXT_LIMIT]}"
                for page, body in zip(pages, bodies, strict=True)
            }

    def _page(self, page: Any, text: str, record: PublicationRecord | None) -> dict[str, Any]:
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
