"""Where water, power, gas or heat is off, or is going to be: as a list, and drawn where the divisions are known.

A notice names divisions, not outlines. Each is drawn as a circle around the middle of what lies there: a hint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from pages.identity import source_locale_id, sources
from pages.models import NoticeKind, OrganisationPage
from pages.presentation import reads
from pages.presentation.notice_index import concerns
from pages.presentation.rows import notice_rows
from rules.divisions import codes_in, comprises, stem

from .places import position_of

if TYPE_CHECKING:
    from pages.models import DistrictPage, NoticePage
    from pages.presentation import Reader
    from rules.coordinates import Position

OFF = Q(kind__in=(NoticeKind.PLANNED_OUTAGE, NoticeKind.EMERGENCY))
SHOWN = 20
# Half the width of a community, a street, a district: about what such a place has in a city.
METRES = {12: 400, 9: 1_200, 6: 4_000}
MOST_CODES = 40


def current(district: DistrictPage | None) -> list[NoticePage]:
    """Return the outages that go on or are ahead, emergencies first. One query."""
    scope = OFF & Q(locale_id=source_locale_id())
    if district:
        scope &= concerns(district)
    return reads.notices_now(scope, timezone.now(), SHOWN)


def touching(division_code: str) -> list[NoticePage]:
    """Return the outages that name a division, one around it or one within it. One query."""
    return [
        notice
        for notice in current(None)
        if any(
            comprises(code, division_code) or comprises(division_code, code) for code in codes_in(notice.division_codes)
        )
    ]


def rows(reader: Reader, notices: list[NoticePage]) -> list[dict[str, Any]]:
    """Describe outages (`row_notice.html`), each with its area in words beside its time."""
    described = zip(notice_rows(reader, notices, timezone.now()), notices, strict=True)
    return [{**row, "area": notice.area} for row, notice in described]


def areas(notices: list[NoticePage]) -> list[tuple[list[NoticePage], Position, int]]:
    """Return each division that notices name, with its middle and a radius in metres. One query."""
    named: dict[str, list[NoticePage]] = {}
    for notice in notices:
        for code in dict.fromkeys(codes_in(notice.division_codes)):
            named.setdefault(code, []).append(notice)
    codes = list(named)[:MOST_CODES]
    middles = _middles(set(codes))
    return [(named[code], middles[code], METRES[len(code)]) for code in codes if code in middles]


def _middles(codes: set[str]) -> dict[str, Position]:
    within = Q()
    for code in codes:
        within |= Q(division_code__startswith=stem(code))
    if not within:
        return {}
    known = sources(OrganisationPage.objects.live()).filter(within, longitude__isnull=False, latitude__isnull=False)
    points = list(known.order_by().values_list("division_code", "longitude", "latitude"))
    found = {}
    for code in codes:
        inside = [(x, y) for division, x, y in points if comprises(code, division)]
        if inside:
            east, north = (sum(values) / len(inside) for values in zip(*inside, strict=True))
            found[code] = position_of(east, north)
    return {code: position for code, position in found.items() if position}
