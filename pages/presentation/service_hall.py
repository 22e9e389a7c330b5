"""The service hall: all service items by class, industry and provider, and the guide to each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.withdrawable import WithdrawalKind
from snippets.health import running
from snippets.models import Industry, LifeEvent, ServiceItem
from snippets.templates_hook import service_class_choices
from snippets.withdrawing import readable_item

from ..identity import source_locale_id
from ..models import OrganisationPage, ServiceIndexPage
from ..service_routes import serve_item
from . import reads
from .dispatch import present
from .filters import Filters, code_field, listed
from .reader import Reader
from .rows import name
from .service_guide import guide_context, lang_of
from .services import done_together, service_classes, translated_items
from .withdrawn import gone, led_on, withdrawal_banner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

ROSTER_CODE_LIMIT = 32
PER_PAGE = 20


@present.register(ServiceIndexPage)
def service_hall_context(page: ServiceIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return the classes with their first items, the industries, and the items asked for."""
    reader = Reader(request)
    provider = provider_of(request.GET.get("provider", ""))
    events = life_event_counts()
    numbers = numbers_by_sector()
    sectors = list(Industry.objects.sectors().filter(pk__in=numbers))
    filters = Filters(
        request,
        {
            "class": code_field(gettext_lazy("类别"), service_class_choices()),
            "industry": code_field(gettext_lazy("行业"), [(each.code, each.display_title) for each in sectors]),
            "life_event": code_field(gettext_lazy("人生事件"), [(each.code, each.display_title) for each in events]),
        },
    )
    event = next((each for each in events if each.code == filters.chosen("life_event")), None)
    is_narrowed = provider or event or filters.chosen("class") or filters.chosen("industry")
    found = listed(request, items(filters, provider), PER_PAGE)
    leads_on = not is_narrowed or any(item.connects.together for item in found)
    return {
        "filters": filters,
        "provider": provider and reader.link(provider, name(provider)),
        "classes": [] if is_narrowed else service_classes(reader)[0],
        "together": done_together() if leads_on else [],
        "life_event": event,
        "life_events": [] if is_narrowed else _event_links(events, reader.url(page)),
        "sectors": [] if is_narrowed else _sector_links(sectors, numbers, reader.url(page)),
        "list_page": found,
        "rows": rows(reader, list(found), reader.url(page)),
    }


def provider_of(code: str) -> OrganisationPage | None:
    """Return the organisation of a roster code."""
    if not code or len(code) > ROSTER_CODE_LIMIT or "\x00" in code:
        return None
    return OrganisationPage.objects.live().filter(roster__code=code).first()


def items(filters: Filters, provider: OrganisationPage | None) -> Any:
    """Return the live items that are asked for."""
    scope = Q(provider=provider.pk) if provider else Q()
    if service_class := filters.chosen("class"):
        scope &= Q(service_class=service_class)
    if code := filters.chosen("industry"):
        scope &= Q(industry__code=code) | Q(industry__parent__code=code)
    found = reads.service_items(scope).select_related("provider", "industry")
    if code := filters.chosen("life_event"):
        # In the order in which one needs them.
        return found.filter(event_items__event__code=code).order_by("event_items__sort_order", "code")
    return found.order_by("industry__order", "industry__code", "code")


def rows(reader: Reader, found: Sequence[ServiceItem], hall_url: str) -> list[dict[str, Any]]:
    """Describe items (`row_service.html`)."""
    providers = reader.translated([item.provider for item in found if item.provider])
    shown = translated_items(reader, found)
    states = running([item.translation_key for item in found], timezone.now())
    return [
        {
            "title": item.title,
            "url": f"{hall_url}{item.code}/",
            "lang": lang_of(item, reader),
            "kind": item.get_service_class_display(),
            "provider": name(providers[source.provider_id]) if source.provider_id else source.industry.display_title,
            "note": "" if item.is_online else _("电话或现场办理"),
            "interruption": state.label if (state := states.get(item.translation_key)) and state.is_interrupted else "",
        }
        for source, item in zip(found, shown, strict=True)
    ]


def numbers_by_sector() -> dict[int, int]:
    """Count the live items by the id of the first-level industry."""
    found = reads.service_items(Q()).order_by().annotate(sector=Coalesce("industry__parent", "industry"))
    return dict(found.values_list("sector").annotate(number=Count("pk")))


def life_event_counts() -> list[LifeEvent]:
    """Return the life events that have public items, each with its `number` of them. One query."""
    public = Q(event_items__item__live=True, event_items__item__locale=source_locale_id())
    counted = LifeEvent.objects.annotate(number=Count("event_items", filter=public))
    return list(counted.filter(number__gt=0).order_by("order", "code"))


def _event_links(events: list[LifeEvent], url: str) -> list[dict[str, Any]]:
    return [
        {
            "title": each.display_title,
            "url": f"{url}?life_event={each.code}",
            "note": each.display_summary,
            "number": each.number,
        }
        for each in events
    ]


def _sector_links(sectors: list[Industry], numbers: dict[int, int], url: str) -> list[dict[str, Any]]:
    return [
        {"title": each.display_title, "url": f"{url}?industry={each.code}", "number": numbers[each.pk]}
        for each in sectors
    ]


@serve_item.register(ServiceIndexPage)
def service_item(page: ServiceIndexPage, request: HttpRequest, code: str) -> HttpResponse:
    """Serve the guide to one item."""
    reader = Reader(request)
    found = reads.service_items(Q(code=code)).select_related("provider", "industry__parent").first()
    if found is None:
        return withdrawn_item(page, reader, code)
    response = TemplateResponse(request, "snippets/service_item.html", guide_context(page, found, reader))
    # Whoever keeps answers learns what this one is about.
    response.about = found  # type: ignore[attr-defined]
    return response


def withdrawn_item(page: ServiceIndexPage, reader: Reader, code: str) -> HttpResponse:
    """Answer for the guide to an item that was public once."""
    items = ServiceItem.objects.filter(code=code, locale_id=source_locale_id()).select_related("provider")
    item = items.first()
    row = item.withdrawal if item is not None else None
    if item is None or row is None:
        raise Http404(_("没有这项服务：%(code)s") % {"code": code})
    if (led := led_on(row, reader)) is not None:
        return led
    if row.withdrawal_kind != WithdrawalKind.NOTICE or row.withdrawn_revision is None:
        return gone(row, item.title, page, reader)
    context = guide_context(page, readable_item(row), reader)
    context |= {"withdrawal": withdrawal_banner(row, reader), "robots": "noindex", "json_ld": ""}
    return TemplateResponse(reader.request, "snippets/service_item.html", context)
