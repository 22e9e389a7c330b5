"""The pages of a portal that everything leads to: the service hall, all notices, about, guide. One query a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from wagtail.models import Page, Site

from ..identity import source_locale_id
from ..models import CityPortalPage, NoticeIndexPage, ServiceIndexPage, StandardPage

if TYPE_CHECKING:
    from django.http import HttpRequest

LISTED = (ServiceIndexPage, NoticeIndexPage, StandardPage)


class Places:
    """The portal of a request, and its listing and standard pages, all in the source language."""

    def __init__(self, request: HttpRequest) -> None:
        site = Site.find_for_request(request)
        root = site.root_page if site else None
        self.home: Page | None = root if root and issubclass(root.specific_class or Page, CityPortalPage) else None
        self.listed: list[Page] = list(_listed(self.home)) if self.home else []

    def first(self, model: type[Page]) -> Page | None:
        """Return the first page of a type."""
        return next((page for page in self.listed if page.specific_class is model), None)

    @property
    def standard(self) -> list[Page]:
        """Return the standard pages, each with its `kind`."""
        return [page for page in self.listed if page.kind]


def places(request: HttpRequest) -> Places:
    """Return the places of a request, read once."""
    found: Places | None = getattr(request, "_places", None)
    if found is None:
        found = request._places = Places(request)  # type: ignore[attr-defined]
    return found


def _listed(home: Page) -> list[Page]:
    pages = Page.objects.child_of(home).live().type(LISTED).filter(locale_id=source_locale_id())
    return list(pages.annotate(kind=F("standardpage__kind")).order_by("path"))
