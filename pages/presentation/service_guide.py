"""The guide to one service item in its surroundings: the provider, what it charges, what else it offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from blocks.kinds import ContentKind
from snippets.guide import guide, kicker
from snippets.health import UNCHECKED, running_of
from snippets.inputs import InputsForm
from snippets.models import LifeEvent

from .. import json_ld
from ..identity import source_locale_id
from ..models import IndustryPage, OrganisationPage, PhoneCheck, PublicationRecord, Validity
from .generated import Link, generated
from .organisation import outlet_items
from .reader import SOURCE_TAG
from .rows import name
from .services import asking_item, service_links, translated_items

if TYPE_CHECKING:
    from wagtail.models import Page

    from snippets.models import ServiceItem

    from ..models import ServiceIndexPage
    from .reader import Reader

OTHERS_SHOWN = 6
CHARGES_SHOWN = 3
COUNTERS_SHOWN = 3


def guide_context(hall: ServiceIndexPage, source: ServiceItem, reader: Reader) -> dict[str, Any]:
    """Return the guide in the reader's language, or in the source's with a note that there is no translation."""
    (item,) = translated_items(reader, [source])
    url, kind = reader.url(hall), item.get_service_class_display()
    way: list[Link] = [
        {"title": _("%(title)s类") % {"title": kind}, "url": f"{url}?class={item.service_class}"},
        {"title": item.title, "url": None, "lang": lang_of(item, reader)},
    ]
    around = generated(hall, reader.request, way, item.help_text[:150] or item.title)
    provider = organisation_of(source.provider)
    shown = provider and provider_item(provider, reader)
    here = f"{url}{item.code}/"
    counters = outlet_items(provider)[:COUNTERS_SHOWN] if provider else []
    return {
        **around,
        **with_counters(guide_of(source, item, reader), counters),
        "page_title": item.title,
        "missing_translation_url": _source_address(hall, source, reader) if lang_of(item, reader) else "",
        "kicker": kicker(item, shown["title"] if shown else ""),
        "provider": shown,
        "industry": None if provider else industry_link(source, reader),
        "counters": counters,
        "nearby": nearby(source),
        "life_events": life_events(source, url),
        "charges": charges(provider, reader) if provider else [],
        "others": others(source, provider, reader),
        "json_ld": json_ld.script(
            [thing(item, provider, here, reader), json_ld.trail(around["breadcrumbs"], reader.request)]
        ),
    }


def guide_of(source: ServiceItem, item: ServiceItem, reader: Reader) -> dict[str, Any]:
    """Return what the item says; where its translation lags behind, it asks for what the source asks."""
    running = running_of(source, timezone.now()) if source.live else UNCHECKED
    shown, asking = guide(item, running), asking_item(source, item)
    if asking is not item and shown["here"] and shown["here"]["form"]:
        shown["here"] |= {"form": InputsForm(asking), "lang": lang_of(asking, reader)}
    return shown


def lang_of(item: ServiceItem, reader: Reader) -> str:
    """Return the language of an item that is not in the language of the page around it."""
    return SOURCE_TAG if not reader.reads_source and item.locale_id == source_locale_id() else ""


def _source_address(hall: ServiceIndexPage, source: ServiceItem, reader: Reader) -> str:
    return f"{hall.get_url(reader.request)}{source.code}/"


def organisation_of(page: Page | None) -> OrganisationPage | None:
    """Return a provider as an organisation."""
    return OrganisationPage.objects.live().filter(pk=page.pk).first() if page else None


def provider_item(provider: OrganisationPage, reader: Reader) -> dict[str, Any]:
    """Return the provider with its numbers, each with the day it was last answered."""
    shown = reader.translated([provider])[provider.pk]
    answered = PhoneCheck.objects.filter(organisation=provider.pk, answered=True).values_list("number", "tested_on")
    return {
        **reader.link(shown, name(shown)),
        "supervision_phone": provider.supervision_phone,
        "tested": dict(answered),
    }


def industry_link(source: ServiceItem, reader: Reader) -> dict[str, Any] | None:
    """Return the page of the industry whose units all offer it, each for itself."""
    pages = IndustryPage.objects.live().filter(industry__in=[source.industry, source.industry.sector])
    page = pages.order_by("-depth").first()
    return reader.link(reader.translated([page])[page.pk]) if page else None


def with_counters(shown: dict[str, Any], counters: list[dict[str, Any]]) -> dict[str, Any]:
    """Lead to the counters first where nothing works online just now, and the item itself names no other way."""
    running = shown["running"]
    if counters and running and running.is_interrupted and not shown["offline"]:
        shown["actions"] = [{"title": _("到网点办理"), "url": "#counters"}, *shown["actions"]]
    return shown


def nearby(source: ServiceItem) -> dict[str, str]:
    """Return where the map shows the counters of this industry, and what it is asked with."""
    code = source.industry.code
    return {"url": f"{reverse('map')}?{urlencode({'industry': code})}", "action": reverse("map"), "industry": code}


def life_events(source: ServiceItem, hall_url: str) -> list[dict[str, str]]:
    """Return the life events this item belongs to."""
    events = LifeEvent.objects.filter(event_items__item=source.pk).order_by("order", "code")
    return [{"title": each.display_title, "url": f"{hall_url}?life_event={each.code}"} for each in events]


def charges(provider: OrganisationPage, reader: Reader) -> list[dict[str, Any]]:
    """Return what the provider has disclosed of its charges (`lined.html`)."""
    records = PublicationRecord.objects.filter(
        organisation=provider.pk,
        is_public=True,
        validity=Validity.IN_FORCE,
        page__isnull=False,
        entry__content_kind=ContentKind.FEE_TABLE,
    )
    found = records.select_related("page").order_by("-first_published_at")[:CHARGES_SHOWN]
    shown = reader.translated(record.page for record in found if record.page)
    return [reader.link(page) for page in shown.values()]


def others(source: ServiceItem, provider: OrganisationPage | None, reader: Reader) -> list[dict[str, Any]]:
    """Return what else the provider, or the industry, offers."""
    scope = Q(provider=provider.pk) if provider else Q(industry=source.industry_id)
    return service_links(reader, scope & ~Q(pk=source.pk), OTHERS_SHOWN)


def online_address(item: ServiceItem) -> str:
    """Return the address where it is done online, on this site or at the provider's."""
    return reverse("service_do", args=[item.code]) if item.is_done_here else item.link


def thing(item: ServiceItem, provider: OrganisationPage | None, path: str, reader: Reader) -> json_ld.Thing:
    """Describe the service in schema.org's words."""
    return {
        "@type": "GovernmentService",
        "name": item.title,
        "description": item.help_text,
        "serviceType": item.get_service_class_display(),
        "url": json_ld.absolute(reader.request, path),
        "identifier": item.code,
        "provider": provider and {"@type": "Organization", "name": provider.title, "telephone": item.phone},
        "serviceOutput": {"@type": "Thing", "name": item.output} if item.output else None,
        "availableChannel": {
            "@type": "ServiceChannel",
            "serviceUrl": json_ld.absolute(reader.request, online_address(item)),
            "servicePhone": {"@type": "ContactPoint", "telephone": item.phone} if item.phone else None,
            "serviceLocation": {"@type": "Place", "name": item.place} if item.place else None,
        },
    }
