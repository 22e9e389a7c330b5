"""The page of one's own choice: the choice is the address, so whoever opens it reads the same."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.delivery.modes import PARAMETER, asked_mode
from pages.presentation import Reader
from pages.presentation.places import places
from pages.presentation.rows import name

from .choice import DISTRICT, INDUSTRY, MOST, UNIT, Choice, chosen, district_code
from .reading import candidates, results

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# Beside the choice: words to find a unit by.
FIND = "find"
WORDS_LIMIT = 50
NAMES_SHOWN = 3


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show a choice with what it brings, and the form to choose anew."""
    choice = chosen(request.GET)
    words = request.GET.get(FIND, "").replace("\x00", "").strip()[:WORDS_LIMIT]
    asked = {kind: request.GET.getlist(kind) for kind in MOST if kind in request.GET}
    # An empty field comes along with every form.
    is_canonical = urlencode(asked, doseq=True) == choice.query and (words or FIND not in request.GET)
    if not (is_canonical or choice.problems):
        return HttpResponseRedirect(address_with(request, choice, words))
    reader = Reader(request)
    context = {
        **frame(request, _("我的行业")),
        "robots": "noindex, follow" if choice or choice.problems else "",
        "problems": choice.problems,
        "choice": choice,
        "address": request.build_absolute_uri(address(choice)),
        "form": form(choice, reader, words),
    }
    if choice:
        context |= results(choice, reader, timezone.now())
        context["names"] = names(choice, reader)
        context["feeds"] = [{"title": title(choice, reader), "url": f"{reverse('mine_feed')}?{choice.query}"}]
    return TemplateResponse(request, "mine/mine.html", context)


def frame(request: HttpRequest, page_title: str) -> dict[str, Any]:
    """Return title and breadcrumbs."""
    home, reader = places(request).home, Reader(request)
    crumbs = [{"title": _("首页"), "url": reader.url(home) if home else "/"}, {"title": page_title, "url": None}]
    return {"page_title": page_title, "breadcrumbs": crumbs}


def address(choice: Choice) -> str:
    """Return the path of a choice."""
    return f"{reverse('mine')}?{choice.query}" if choice else reverse("mine")


def address_with(request: HttpRequest, choice: Choice, words: str) -> str:
    """Return the path of a choice, with the words looked for and the size of the type."""
    more = {name: value for name, value in ((FIND, words), (PARAMETER, asked_mode(request))) if value}
    query = "&".join(part for part in (choice.query, urlencode(more)) if part)
    return f"{reverse('mine')}?{query}" if query else reverse("mine")


def names(choice: Choice, reader: Reader) -> list[str]:
    """Return what was chosen, in words. One query abroad."""
    shown = reader.translated([*choice.districts, *choice.units])
    return [
        *(each.display_title for each in choice.every_industry if each in choice.industries),
        *(name(shown[each.pk]) for each in choice.every_district if each in choice.districts),
        *(name(shown[each.pk]) for each in sorted(choice.units, key=lambda unit: unit.path)),
    ]


def title(choice: Choice, reader: Reader) -> str:
    """Name a choice by the first of its parts."""
    found = names(choice, reader)
    listed = _("、").join(found[:NAMES_SHOWN])
    return _("%(names)s等 %(number)d 项") % {"names": listed, "number": len(found)} if found[NAMES_SHOWN:] else listed


def form(choice: Choice, reader: Reader, words: str) -> dict[str, Any]:
    """Return what can be chosen, and what is; plain boxes of a plain form. One query to find, one abroad."""
    branches: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for each in choice.every_industry:
        if each.parent_id:
            branches[each.parent_id].append(_box(each.code, each.display_title, each in choice.industries))
    districts = reader.translated(choice.every_district)
    return {
        "industry": INDUSTRY,
        "district": DISTRICT,
        "unit": UNIT,
        "sectors": [
            {
                **_box(each.code, each.display_title, each in choice.industries),
                "branches": branches[each.pk],
                "is_open": any(box["checked"] for box in branches[each.pk]),
            }
            for each in choice.every_industry
            if not each.parent_id
        ],
        "districts": [
            _box(district_code(each), name(districts[each.pk]), each in choice.districts)
            for each in choice.every_district
        ],
        "words": words,
        "found": _with_addresses(candidates(words, choice, reader), choice) if words else [],
    }


def _box(code: str, label: str, checked: bool) -> dict[str, Any]:
    return {"code": code, "title": label, "checked": checked}


def _with_addresses(rows: list[dict[str, Any]], choice: Choice) -> list[dict[str, Any]]:
    """Give each unit found the address that adds it to the choice."""
    return [{**row, "add": f"{reverse('mine')}?{choice.query_with(UNIT, row['code'])}"} for row in rows]
