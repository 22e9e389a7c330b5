"""Where a reader says that he is: a district, street, community or organisation by name or code, or a pair of degrees.

A division has no position of its own. It is taken to lie where its office stands, else in the middle of what is known
to lie within it, else of what lies within the division above; and the page says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Avg, Max, Min, Q
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from pages.identity import sources
from pages.models import DepartmentPage, DistrictPage, OfficeKind, OrganisationPage
from rules.coordinates import Position
from rules.divisions import above, is_code
from rules.han import to_simplified

from .places import position_of

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

# How far beyond what is known of a city a position may lie, in degrees: about fifty kilometres.
MARGIN = 0.5
OFFERED = 12
# Communities have codes of twelve digits.
COMMUNITY = 12
_PAIR = re.compile(r"(-?\d{1,3}(?:\.\d{1,12})?),(-?\d{1,3}(?:\.\d{1,12})?)", re.ASCII)


class OddPositionError(ValueError):
    """The text is no position, or none in the city; the message says which."""


@dataclass(frozen=True)
class Whereabouts:
    """A place that the reader named. `key` leads back to it; `estimated` says what its position was taken from."""

    title: str
    key: str
    division_code: str = ""
    position: Position | None = None
    estimated: str = ""

    @property
    def is_pair(self) -> bool:
        """Did the reader give degrees, which may be his own?"""
        return "," in self.key


def named(text: str) -> list[Whereabouts]:
    """Return what a name or code may mean; the position is known only when it is one. At most four queries."""
    text = to_simplified(text)
    if is_code(text):
        found = list(_candidates(Q(division_code=text) & _divisions())[:1])
    else:
        found = list(_candidates(Q(roster__code=text))[:1]) or _by_name(text)
    if len(found) == 1:
        return [_placed(found[0])]
    return [Whereabouts(page.title, _key(page), page.division_code) for page in found]


def _by_name(text: str) -> list[OrganisationPage]:
    """Prefer divisions to organisations, and those of exactly this name to those that contain it."""
    named = Q(title__icontains=text) | Q(short_name__icontains=text)
    for kind in (named & _divisions(), named):
        found = list(_candidates(kind)[:OFFERED])
        exact = [page for page in found if text in (page.title, page.short_name)]
        if found:
            return exact if len(exact) == 1 else found
    return []


def _divisions() -> Q:
    offices = DepartmentPage.objects.exclude(office_kind=OfficeKind.DEPARTMENT)
    districts = DistrictPage.objects.all()
    return Q(pk__in=offices.values("pk")) | Q(pk__in=districts.values("pk")) | Q(digits=COMMUNITY)


def _candidates(scope: Q) -> PageQuerySet:
    found = sources(OrganisationPage.objects.live()).annotate(digits=Length("division_code")).filter(scope)
    return found.select_related("roster").order_by("depth", "path")


def _placed(page: Any) -> Whereabouts:
    key = _key(page)
    own = position_of(page.longitude, page.latitude)
    if own:
        return Whereabouts(page.title, key, page.division_code, own)
    position, basis = middle_of(page.division_code)
    return Whereabouts(page.title, key, page.division_code, position, basis)


def _key(page: Any) -> str:
    roster = getattr(page, "roster", None)
    return str(roster.code if roster else page.division_code)


def middle_of(division_code: str) -> tuple[Position | None, str]:
    """Return the middle of what lies within a division, or within the next one above of which something is known."""
    if not division_code:
        return None, ""
    stems = above(division_code)
    known = sources(OrganisationPage.objects.live()).filter(longitude__isnull=False, latitude__isnull=False)
    averages = {
        f"{axis}_{number}": Avg(field, filter=Q(division_code__startswith=stem))
        for number, stem in enumerate(stems)
        for axis, field in (("x", "longitude"), ("y", "latitude"))
    }
    found = known.order_by().aggregate(**averages)
    for number, _stem in enumerate(stems):
        position = position_of(found[f"x_{number}"], found[f"y_{number}"])
        if position:
            basis = _("位置按辖区内单位的中点估算") if number == 0 else _("位置按上一级辖区内单位的中点估算")
            return position, basis
    return None, ""


def position_from(text: str) -> Position:
    """Read `经度,纬度` in degrees of WGS-84. Raises OddPositionError, also for a place far away from the city."""
    pair = _PAIR.fullmatch(text.strip())
    if not pair:
        raise OddPositionError(_("位置应写成“经度,纬度”，例如 121.61,38.91（WGS-84，十进制度）。"))
    first, second = float(pair[1]), float(pair[2])
    position = _position(first, second)
    if position and _is_near_the_city(position):
        return position
    swapped = _position(second, first)
    sentences = [
        _("这个位置不在本市范围内，请核对经度和纬度。")
        if position
        else _("经度应在 -180 到 180 之间，纬度应在 -90 到 90 之间。"),
        _("经度和纬度可能写反了，先写经度，再写纬度。") if swapped and _is_near_the_city(swapped) else "",
    ]
    raise OddPositionError("".join(sentences))


def _position(longitude: float, latitude: float) -> Position | None:
    """Return a position on earth."""
    try:
        return Position(longitude, latitude)
    except ValueError:
        return None


def _is_near_the_city(position: Position) -> bool:
    """Does it lie where the city's organisations do? A city of which no position is known takes any. One query."""
    known = sources(OrganisationPage.objects.live()).filter(longitude__isnull=False).order_by()
    box = known.aggregate(west=Min("longitude"), east=Max("longitude"), south=Min("latitude"), north=Max("latitude"))
    if box["west"] is None:
        return True
    west, east, south, north = (float(box[side]) for side in ("west", "east", "south", "north"))
    in_width = west - MARGIN <= position.longitude <= east + MARGIN
    return in_width and south - MARGIN <= position.latitude <= north + MARGIN


def written(position: Position) -> str:
    """Write a position into an address: to about ten metres, since nobody needs to tell more of himself."""
    return f"{position.longitude:.4f},{position.latitude:.4f}"
