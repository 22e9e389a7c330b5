"""The map page, what its script draws, and the map for other sites."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages.presentation import Reader
from pages.presentation.places import places as places_of_portal

from . import outages, tiles
from .asked import Asked
from .found import Found, rows
from .points import points
from .policy import embeddable, guarded

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 20
SHORT = {"ensure_ascii": False, "separators": (",", ":")}


@require_safe
@guarded
def service_map(request: HttpRequest) -> HttpResponse:
    """Serve the map: the list, the form and the box in which the script draws."""
    asked = Asked(request)
    context = {
        **listed(request, asked),
        "page_title": _("服务地图"),
        "breadcrumbs": [{"title": _("首页"), "url": _home(request)}, {"title": _("服务地图"), "url": None}],
        "outages": [] if asked.problems else outages.rows(Reader(request), outages.current(asked.district)),
        "serving_url": reverse("map_serving"),
        "embed_url": _with(reverse("map_embed"), asked),
    }
    return TemplateResponse(request, "service_map/map.html", context, status=asked.status)


@require_safe
@embeddable
def embedded_map(request: HttpRequest) -> HttpResponse:
    """Serve the map for a frame of another site: the list and the map, nothing around them."""
    asked = Asked(request)
    context = {**listed(request, asked), "page_title": _("服务地图"), "full_url": _with(reverse("map"), asked)}
    context["is_embedded"] = True
    return TemplateResponse(request, "service_map/embed.html", context, status=asked.status)


@require_safe
@guarded
def map_points(request: HttpRequest) -> HttpResponse:
    """Tell the script what to draw: the same places under the same numbers."""
    asked = Asked(request)
    if asked.status == HTTPStatus.BAD_REQUEST:
        return JsonResponse({"problems": asked.problems}, status=asked.status, json_dumps_params=SHORT)
    drawn = points(Reader(request), Found(asked), places_of_portal(request).home)
    return JsonResponse(drawn, json_dumps_params=SHORT)


def listed(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """Return the form and one page of the list."""
    reader, found = Reader(request), Found(asked)
    whereabouts = asked.whereabouts
    page = Paginator(found.places, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "asked": asked,
        "filters": asked.filters,
        "problems": asked.problems,
        "missing": asked.missing,
        "choices": asked.choices,
        "whereabouts": whereabouts,
        "rows": rows(reader, found, list(page), page.start_index()),
        "list_page": page,
        "total": len(found.places),
        "unsure": found.unsure,
        "points_url": _with(reverse("map_points"), asked),
        "tiles": tiles.described(),
    }


def _with(address: str, asked: Asked) -> str:
    query = "" if asked.problems else asked.query
    return f"{address}?{query}" if query else address


def _home(request: HttpRequest) -> str:
    home = places_of_portal(request).home
    return Reader(request).url(home) if home else "/"
