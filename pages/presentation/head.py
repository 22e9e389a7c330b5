"""What machines read of a page: government page tags, schema.org, feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from .. import json_ld
from ..government_tags import government_tags
from .reader import Reader

if TYPE_CHECKING:
    from django.http import HttpRequest

FEED = "feed.atom"


def head(page: Any, request: HttpRequest, breadcrumbs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the variables of base.html's head that follow from the page."""
    reader = Reader(request)
    return {
        "government_tags": government_tags(page, json_ld.absolute(request, reader.url(page))),
        "json_ld": json_ld.script([json_ld.described(page, request), json_ld.trail(breadcrumbs, request)]),
        "feeds": feeds(page, reader),
    }


def feeds(page: Any, reader: Reader) -> list[dict[str, str]]:
    """Return the feed of an organisation or industry; a disclosure has its organisation's."""
    publisher = page if getattr(page, "has_feed", False) else page.organisation
    if publisher is None:
        return []
    title = _("%(name)s的最新公开") % {"name": publisher.title}
    return [{"title": title, "url": f"{reader.url(publisher)}{FEED}"}]
