"""Where something stands, by the numbers of the pages above it: numbers stay when a page moves, paths do not."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from wagtail.models import Page, PageViewRestriction, Site


@dataclass(frozen=True)
class Place:
    """The pages from the root down to the thing itself, the nearest organisation, and may everybody look there?"""

    within: tuple[int, ...] = ()
    organisation: int | None = None
    is_open: bool = True
    # Of a record that was public once.
    index_number: str = ""


def place_of(path: str) -> Place:
    """Return the place of a tree path. One query."""
    steps = [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]
    restricted = Exists(PageViewRestriction.objects.filter(page=OuterRef("pk")))
    rows = Page.objects.filter(path__in=steps).annotate(restricted=restricted).order_by("path")
    found = list(rows.values_list("pk", "organisationpage", "restricted", "record__index_number"))
    return Place(
        tuple(row[0] for row in found),
        next((row[1] for row in reversed(found) if row[1] is not None), None),
        not any(row[2] for row in found),
        (found[-1][3] or "") if found else "",
    )


def portal_place() -> Place:
    """Return the place of what belongs to the whole portal."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return place_of(site.root_page.path) if site else Place()
