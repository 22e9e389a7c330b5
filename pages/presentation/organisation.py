"""What all four levels show: who answers for them, how to reach them, what they serve at which counter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from blocks.writing import phone_numbers
from snippets.models import Industry

from ..identity import source_of
from ..levels import Level
from ..models import PhoneCheck, RosterEntry
from . import reads
from .rows import name, notice_rows
from .services import service_links

if TYPE_CHECKING:
    from ..models import OrganisationPage, OrganisationPhone
    from .reader import Reader

SERVICES_SHOWN = 8
NOTICES_SHOWN = 5


def base_context(page: OrganisationPage, reader: Reader, *, with_all_below: bool) -> dict[str, Any]:
    """Return what the frame of an organisation's page shows (`pages/organisation_page.html`).

    `with_all_below` adds the notices of all under the organisation to its own.
    """
    source, now = source_of(page), timezone.now()
    if page.industry_id:
        # With its sector, which names the catalogue of a branch; and, in the same question, the organisation's code.
        code = RosterEntry.objects.filter(organisation=source.pk).values("code")
        industries = Industry.objects.select_related("parent").annotate(roster_code=Subquery(code[:1]))
        page.industry = source.industry = industries.get(pk=page.industry_id)
    scope = reads.below(source) if with_all_below else Q(record__organisation=source.pk)
    # Read once: who asks again finds them on the page.
    phones = page.phones.get_object_list()
    page.outlets.get_object_list()
    return {
        "source": source,
        "kicker": kicker(page),
        "facts": contact_facts(page, source),
        "chain": chain_items(page, reader),
        "phones": phone_items(source, phones),
        "services": service_links(reader, Q(provider=source.pk), SERVICES_SHOWN),
        "notices": notice_rows(reader, reads.notices_now(scope, now, NOTICES_SHOWN), now),
        "catalogue_url": f"{reader.url(page)}catalogue/",
        "superior": superior_item(page, reader),
    }


def kicker(page: OrganisationPage) -> list[str]:
    """Return what stands above the name: what it is, its branch, its storey."""
    texts = [getattr(page, "get_office_kind_display", lambda: Level(page.level).label)()]
    if page.industry:
        texts.append(page.industry.display_title)
    if page.level in (Level.DEPARTMENT, Level.UNIT):
        texts.append(_storey(page))
    return [str(text) for text in texts]


def _storey(page: OrganisationPage) -> str:
    district = next((each for each in page.chain if each.level == Level.DISTRICT), None)
    return name(district) if district else _("市级")


def contact_facts(page: OrganisationPage, source: OrganisationPage) -> list[dict[str, Any]]:
    """Return the few facts a reader comes for; what nobody has filled in is left out."""
    first = first_phone(page)
    facts: list[dict[str, Any]] = [
        {"label": first.label, "value": first.number, "phone": True} if first else {},
        {"label": _("监督投诉"), "value": page.supervision_phone, "phone": True},
        {"label": _("地址"), "value": page.address, "icon": "pin"},
        {"label": _("办公时间"), "value": page.hours, "icon": "clock"},
        {"label": _("位置"), **on_the_map(source)},
    ]
    return [fact for fact in facts if fact.get("value")]


def on_the_map(source: OrganisationPage) -> dict[str, Any]:
    """Return the link to the map, with what stands near an organisation; nothing without a position."""
    if source.longitude is None or source.latitude is None:
        return {}
    return {"value": _("在地图上看"), "url": f"{reverse('map')}?{urlencode({'near': source.title[:50]})}"}


def first_phone(page: OrganisationPage) -> OrganisationPhone | None:
    """Return the hotline where there is one, else the first number."""
    phones = page.phones.get_object_list()
    return next((phone for phone in phones if phone.is_hotline), phones[0] if phones else None)


def phone_items(source: OrganisationPage, phones: list[OrganisationPhone]) -> list[dict[str, Any]]:
    """Return all numbers, each with the day it was last answered (`phones.html`)."""
    if not phones:
        return []
    answered = PhoneCheck.objects.filter(organisation=source.pk, answered=True).values_list("number", "tested_on")
    tested = dict(answered)
    return [{"label": phone.label, "number": phone.number, "tested": tested.get(phone.number)} for phone in phones]


def chain_items(page: OrganisationPage, reader: Reader) -> list[dict[str, Any]]:
    """Return who answers for an organisation, highest first (`chain.html`)."""
    chain = page.chain
    shown = reader.translated(chain)
    return [
        {
            **reader.link(shown[each.pk]),
            "role": _role(each, page, chain),
            "phone": each.supervision_phone,
            "current": each.pk == page.pk,
        }
        for each in chain
    ]


def _role(each: OrganisationPage, page: OrganisationPage, chain: list[OrganisationPage]) -> str:
    if each.pk == page.pk:
        return _("公开责任单位")
    if each.pk == chain[-2].pk:
        return _("上级，受理对公开的意见")
    return _("统筹监督") if each.level == Level.PORTAL else _("本级政府，监督所属部门")


def superior_item(page: OrganisationPage, reader: Reader) -> dict[str, Any] | None:
    """Return the one superior with the number to ring when something is not public; None for the portal."""
    superior = page.superior
    if superior is None:
        return None
    return {**reader.link(superior, name(superior)), "phone": superior.supervision_phone}


def office_item(page: OrganisationPage, reader: Reader) -> dict[str, Any]:
    """Return an organisation as the one to turn to (`office.html`)."""
    return {**reader.link(page, name(page)), "phone": page.supervision_phone, "hours": page.hours}


def outlet_items(page: OrganisationPage) -> list[dict[str, Any]]:
    """Return the counters (`outlets.html`)."""
    return [
        {
            "title": outlet.name,
            "address": outlet.address,
            "hours": outlet.hours,
            "note": "、".join(outlet.service_list),
            "links": [{"title": written, "url": address} for written, address in phone_numbers(outlet.phones)],
        }
        for outlet in page.outlets.get_object_list()
    ]
