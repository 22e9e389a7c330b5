"""The site map for people: sections, industries, districts and their offices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from pages.identity import sources
from pages.levels import PORTAL_DEPTH
from pages.models import OrganisationPage, UnitPage
from pages.presentation import Reader, reads
from pages.presentation.rows import name

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

Link = dict[str, Any]


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Serve the site map. A fixed number of queries, whatever the number of units: these stand in the roster."""
    reader = Reader(request)
    home, offices = _offices(reader)
    context = {
        "page_title": _("站点地图"),
        "breadcrumbs": [{"title": _("首页"), "url": home}, {"title": _("站点地图"), "url": None}],
        "industries": _parted(_industries(reader)),
        "offices": _parted(offices),
    }
    return TemplateResponse(request, "pages/site_map.html", context)


def _parted(links: list[Link]) -> dict[str, list[Link]]:
    """Part the links into those with something below and those without (`nested_links.html`)."""
    return {
        "below": [link for link in links if link["below"]],
        "single": [link for link in links if not link["below"]],
    }


def _industries(reader: Reader) -> list[Link]:
    """Return the sectors with their branches."""
    pages = reads.industry_pages()
    shown = reader.translated(pages)
    links = {page.industry_id: {**reader.link(shown[page.pk]), "below": []} for page in pages}
    for page in pages:
        if above := links.get(page.industry.parent_id):
            above["below"].append(links[page.industry_id])
    return [links[page.industry_id] for page in pages if page.industry.parent_id not in links]


def _offices(reader: Reader) -> tuple[str, list[Link]]:
    """Return the portal's address, and districts and departments, each with the offices below it."""
    pages = list(sources(OrganisationPage.objects.live().not_type(UnitPage)).order_by("path"))
    shown = reader.translated(pages)
    links = {page.path: {**reader.link(shown[page.pk], name(page)), "below": []} for page in pages}
    top = []
    for page in pages:
        above = links.get(page.path[: -Page.steplen])
        if page.depth == PORTAL_DEPTH + 1:
            top.append(links[page.path])
        elif above:
            above["below"].append(links[page.path])
    return (links[pages[0].path]["url"] if pages else "/"), top
