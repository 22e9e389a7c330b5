"""The frame of pages that nobody writes: catalogues, the roster, guides to services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from .. import json_ld
from ..government_tags import column
from .frame import breadcrumbs
from .head import feeds
from .reader import Reader
from .rows import name

if TYPE_CHECKING:
    from django.http import HttpRequest

Link = dict[str, Any]


def generated(page: Any, request: HttpRequest, way: list[Link], description: str) -> dict[str, Any]:
    """Return the variables of base.html for a page generated below another.

    `way` leads from that page to the generated one, which comes last. Nothing here is missing a translation: what is
    generated speaks every language, and names that have none are marked where they stand.
    """
    reader = Reader(request)
    crumbs = [*way_to(page, reader), *way]
    title = str(way[-1]["title"])
    return {
        "page": page,
        "page_title": title if page.depth <= 2 else f"{title} · {name(page)}",
        "description": description,
        "breadcrumbs": crumbs,
        "feeds": feeds(page, reader),
        "government_tags": column(title, description, [title, page.title], page),
        "json_ld": json_ld.script([json_ld.trail(crumbs, request)]),
    }


def way_to(page: Any, reader: Reader) -> list[Link]:
    """Return the breadcrumbs of a page with the page itself as a link."""
    above = breadcrumbs(page, reader)
    last = above[-1] if above else {"title": _("首页")}
    return [*above[:-1], {**last, "url": reader.url(page)}]
