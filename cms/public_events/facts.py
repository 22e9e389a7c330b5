"""What an event keeps of a thing: enough to tell the outside of it when it is gone. No title, no person, no draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch
from wagtail.models import Page

from blocks.links import page_address
from ledger.events import Subject
from pages.identity import is_source
from pages.models import (
    DisclosurePage,
    NoticePage,
    OrganisationPage,
    RecordPage,
    ServiceIndexPage,
)
from snippets.models import CatalogueEntry, Industry, ServiceItem

from .places import Place, place_of, portal_place

# A test compares it with the API's own list.
ENDPOINTS: dict[type[Any], str] = {
    OrganisationPage: "organisations",
    DisclosurePage: "disclosures",
    NoticePage: "notices",
    ServiceItem: "service-items",
    Industry: "industries",
    CatalogueEntry: "catalogue",
    Page: "pages",
}


@dataclass(frozen=True)
class Facts:
    """A thing, where it stands, and what else is told of it."""

    subject: Subject
    place: Place
    told: dict[str, Any]


def endpoint_of(model: type[Any]) -> str:
    """Return the endpoint of the API that answers for rows of a model."""
    return next(name for each, name in ENDPOINTS.items() if issubclass(model, each))


def facts_of(thing: Any) -> Facts:
    """Describe a page, a service item, an entry or an industry. One query, more for a translation or an item."""
    if isinstance(thing, Page):
        return _of_page(thing)
    return _of_item(thing) if isinstance(thing, ServiceItem) else _of_row(thing)


def _of_page(page: Page) -> Facts:
    model = page.specific_class or type(page)
    subject = Subject(model._meta.label_lower, page.pk, page.title)
    # A translation is the matter of its source's organisation, whose tree it does not stand in.
    place = place_of(page.path if is_source(page) else _source_path(page))
    told = {
        "endpoint": endpoint_of(model),
        "language": _language(page),
        "html_url": page_address(page),
    }
    if issubclass(model, RecordPage):
        told["index_number"] = place.index_number
    return Facts(subject, place, told)


def _source_path(page: Page) -> str:
    sources = Page.objects.filter(translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE)
    return sources.values_list("path", flat=True).first() or page.path


def _of_item(item: ServiceItem) -> Facts:
    told = {"endpoint": "service-items", "language": _language(item), "html_url": _guide_address(item)}
    return Facts(Subject.of(item), place_of_item(item), told)


def place_of_item(item: ServiceItem) -> Place:
    """Return the place of the provider; what several units of a branch provide is the portal's."""
    return place_of(item.provider.path) if item.provider else portal_place()


def _guide_address(item: ServiceItem) -> str:
    hall: Any = ServiceIndexPage.objects.filter(live=True, locale=item.locale_id).order_by("path").first()
    try:
        return page_address(hall) + hall.reverse_subpage("item", args=[item.code]) if hall else ""
    except NoReverseMatch:
        return ""


def _of_row(row: Any) -> Facts:
    told = {"endpoint": endpoint_of(type(row)), "language": _language(row)}
    return Facts(Subject.of(row), Place(), told)


def _language(thing: Any) -> str:
    if getattr(thing, "locale_id", None) is None or is_source(thing):
        return settings.LANGUAGE_CODE
    return str(thing.locale.language_code)
