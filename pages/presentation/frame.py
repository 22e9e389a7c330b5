"""What every page shows around its content: title, breadcrumbs, a missing translation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from ..identity import source_of
from ..translation import newer_source
from .reader import Reader

if TYPE_CHECKING:
    from django.http import HttpRequest

PORTAL_DEPTH = 2


def frame(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the variables of base.html that follow from the page alone."""
    reader = Reader(request)
    lacks = reader.lacks(page)
    source = source_of(page) if lacks else None
    return {
        "page_title": page.title,
        "description": page.search_description or getattr(page, "introduction", "") or getattr(page, "summary", ""),
        "breadcrumbs": breadcrumbs(page, reader),
        "missing_translation_url": source.get_url(request) if source else "",
        "outdated_translation": None if reader.reads_source or lacks else _outdated(page, request),
    }


def _outdated(page: Page, request: HttpRequest) -> dict[str, Any] | None:
    """Return when and where the source says something newer; None where the translation is up to date."""
    source = newer_source(page)
    return {"date": source.last_published_at, "url": source.get_url(request)} if source else None


def breadcrumbs(page: Any, reader: Reader) -> list[dict[str, Any]]:
    """Return the way from the portal down to the page; nothing on the portal itself. One query, one more abroad."""
    path = page.chain if hasattr(page, "chain") else _ancestors(page)
    # A page previewed before it is saved is not among its own ancestors.
    above = [each for each in path if each.pk != page.pk]
    if not above:
        return []
    shown = reader.translated(above)
    items = [reader.link(shown[each.pk], _name(shown[each.pk])) for each in above]
    items[0] |= {"title": _("首页"), "lang": ""}
    return [*items, {"title": page.title, "url": None, "lang": reader.tag(page)}]


def _ancestors(page: Page) -> list[Page]:
    return list(page.get_ancestors(inclusive=True).filter(depth__gte=PORTAL_DEPTH).order_by("depth"))


def _name(page: Any) -> str:
    return str(getattr(page, "display_name", "") or page.title)
