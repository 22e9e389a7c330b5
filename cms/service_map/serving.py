"""Which company serves an address: the units whose service area comprises the division it lies in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from pages.models import OrganisationPhone, UnitPage
from pages.presentation import Reader
from pages.presentation.filters import Filters
from pages.presentation.places import places as places_of_portal
from pages.presentation.reads import units_within
from pages.presentation.rows import name
from rules.divisions import comprises

from . import outages
from .asked import odd_parameters, text_field
from .found import numbers
from .policy import guarded
from .whereabouts import Whereabouts, named

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Server:
    """A unit that serves a division, the whole of it or a part."""

    unit: UnitPage
    is_whole: bool


def serving(division_code: str) -> list[Server]:
    """Return the units that serve a division, those that serve all of it first. One query."""
    units = (
        units_within(~Q(service_divisions="")).select_related("industry__parent").order_by("industry__order", "path")
    )
    found = []
    for unit in units:
        codes = unit.service_division_codes
        if any(comprises(code, division_code) for code in codes):
            found.append(Server(unit, is_whole=True))
        elif any(comprises(division_code, code) for code in codes):
            found.append(Server(unit, is_whole=False))
    return sorted(found, key=lambda each: not each.is_whole)


class Asked:
    """Where a reader lives, as he says it: a name or a code; nothing finer than a community is asked for."""

    def __init__(self, request: HttpRequest) -> None:
        self.problems = list(odd_parameters(request))
        field = text_field(gettext_lazy("您住在哪里"), gettext_lazy("区、街道或社区的名称"))
        self.filters = Filters(request, {"near": field})
        text = "" if self.problems else self.filters.chosen("near").strip()
        found = named(text) if text else []
        self.missing = text if text and not found else ""
        self.choices = found if len(found) > 1 else []
        self.whereabouts: Whereabouts | None = found[0] if len(found) == 1 else None

    @property
    def status(self) -> int:
        """Return the status of the answer."""
        if self.problems:
            return 400
        return 404 if self.missing else 200


@require_safe
@guarded
def who_serves(request: HttpRequest) -> HttpResponse:
    """Say which units serve a district, street or community, and what is off there."""
    asked, reader = Asked(request), Reader(request)
    home = places_of_portal(request).home
    division = asked.whereabouts.division_code if asked.whereabouts else ""
    context = {
        "page_title": _("哪家单位为我服务"),
        "breadcrumbs": [
            {"title": _("首页"), "url": reader.url(home) if home else "/"},
            {"title": _("服务地图"), "url": reverse("map")},
            {"title": _("哪家单位为我服务"), "url": None},
        ],
        "filters": asked.filters,
        "problems": asked.problems,
        "missing": asked.missing,
        "choices": asked.choices,
        "whereabouts": asked.whereabouts,
        "rows": rows(reader, serving(division)) if division else [],
        "outages": outages.rows(reader, outages.touching(division)) if division else [],
    }
    return TemplateResponse(request, "service_map/serving.html", context, status=asked.status)


def rows(reader: Reader, servers: list[Server]) -> list[dict[str, Any]]:
    """Describe the units. At most two queries, whatever their number."""
    units = [each.unit for each in servers]
    shown = reader.translated(units)
    phones: dict[int, list[dict[str, str]]] = {}
    found = OrganisationPhone.objects.filter(page__in=units).order_by("page", "-is_hotline", "sort_order")
    for pk, number in found.values_list("page", "number"):
        phones.setdefault(pk, numbers(number))
    return [
        {
            **reader.link(shown[each.unit.pk], name(shown[each.unit.pk])),
            "industry": each.unit.industry.display_title if each.unit.industry else "",
            "is_whole": each.is_whole,
            "phones": phones.get(each.unit.pk, []),
            "address": each.unit.address,
        }
        for each in servers
    ]
