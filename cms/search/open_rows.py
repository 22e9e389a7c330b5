"""What everybody may find, where nothing is narrowed: the same for every search, so it is written down once.

Kept are questions, never answers: whatever a question is made of stands in what it is kept under.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from cms.api.public import unrestricted
from pages.models import IndustryPage
from snippets.models import CatalogueEntry, Industry, ServiceItem
from snippets.models.catalogue import Publicity

from .backends.among import Among

if TYPE_CHECKING:
    from datetime import date

KEPT = 32
Numbers = tuple[int, ...]
Paths = tuple[str, ...]


@lru_cache(maxsize=KEPT)
def pages(locales: Numbers, types: Numbers, restricted: Paths) -> Among:
    """Return live pages of some languages and types."""
    found = Page.objects.filter(locale_id__in=locales, live=True, content_type_id__in=types)
    return Among(unrestricted(found, restricted))


@lru_cache(maxsize=KEPT)
def service_items(locales: Numbers) -> Among:
    """Return live service items of some languages."""
    return Among(ServiceItem.objects.filter(locale_id__in=locales, live=True))


@lru_cache(maxsize=KEPT)
def catalogue_entries(locale: int, restricted: Paths, today: date) -> Among:
    """Return the entries in force whose catalogue is shown on the page of an industry."""
    of_it = Q(industry=OuterRef("pk")) | Q(industry=OuterRef("parent"))
    shown = industry_pages(locale, restricted).filter(of_it)
    catalogues = Industry.objects.exclude(catalogue="").filter(Exists(shown)).order_by()
    entries = CatalogueEntry.objects.valid(today).exclude(publicity=Publicity.NOT_PUBLIC)
    return Among(entries.filter(catalogue__in=catalogues.values("catalogue")))


def industry_pages(locale: int, restricted: Paths) -> QuerySet[IndustryPage]:
    """Return the pages of industries that everybody may see."""
    found: QuerySet[IndustryPage] = unrestricted(IndustryPage.objects.filter(live=True, locale_id=locale), restricted)
    return found
