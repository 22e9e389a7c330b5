"""What stands on the map: organisations and their outlets, as light rows. One query for each of the two kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from pages.identity import source_locale_id, sources
from pages.models import OrganisationPage, ServiceOutlet
from rules.coordinates import Position
from rules.distance import metres_between
from snippets.models import ServiceItem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from django.db.models import QuerySet

# With a position it can be drawn, with an address it can be found.
KNOWN = Q(longitude__isnull=False) | ~Q(address="")
OWN = (
    "pk",
    "title",
    "short_name",
    "longitude",
    "latitude",
    "division_code",
    "address",
    "hours",
    "url_path",
    "path",
    "roster__code",
)
OUTLET = (
    "pk",
    "name",
    "longitude",
    "latitude",
    "division_code",
    "address",
    "hours",
    "page_id",
    "page__title",
    "page__short_name",
    "page__division_code",
    "page__url_path",
    "page__path",
    "page__roster__code",
    "translation_key",
)


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation, or one of its outlets (`outlet` is then its id and `owner` the organisation's name)."""

    organisation: int
    outlet: int
    title: str
    owner: str
    position: Position | None
    division_code: str
    address: str
    hours: str
    url_path: str
    path: str
    # Names it in the address of the way to it; empty where it has no code.
    key: str

    def metres_from(self, origin: Position | None) -> float | None:
        """Return the straight-line distance; None where either end is unknown."""
        return metres_between(origin, self.position) if origin and self.position else None


@dataclass(frozen=True)
class Scope:
    """Which places are asked for; empty is all of them."""

    # An industry with what is below it.
    industries: frozenset[int] | None = None
    # What one wants to have done there.
    service: str = ""
    # The code of a district, and the place of its page in the tree.
    division: str = ""
    path: str = ""

    def organisations(self) -> QuerySet[OrganisationPage]:
        """Return the organisations of the scope."""
        found = sources(OrganisationPage.objects.live()).filter(KNOWN, self._branch(""))
        if self.division:
            found = found.filter(self._within(""))
        if self.service:
            found = found.filter(pk__in=self._providers())
        return found.order_by("path")

    def outlets(self) -> QuerySet[ServiceOutlet]:
        """Return the outlets of the scope."""
        found = ServiceOutlet.objects.filter(self._branch("page__"), page__live=True, page__locale=source_locale_id())
        if self.division:
            named = Q(division_code__startswith=self.division)
            found = found.filter(named | (Q(division_code="") & self._within("page__")))
        if self.service:
            found = found.filter(Q(services__icontains=self.service) | Q(name__icontains=self.service))
        return found.order_by("page__path", "sort_order", "pk")

    def _branch(self, to_page: str) -> Q:
        return Q() if self.industries is None else Q(**{f"{to_page}industry__in": self.industries})

    def _within(self, to_page: str) -> Q:
        below = Q(**{f"{to_page}path__startswith": self.path}) if self.path else Q()
        return Q(**{f"{to_page}division_code__startswith": self.division}) | below

    def _providers(self) -> QuerySet[Any]:
        items = ServiceItem.objects.filter(live=True, locale=source_locale_id(), title__icontains=self.service)
        return items.exclude(provider=None).values("provider")


def places(scope: Scope) -> list[Place]:
    """Return the places of a scope as the tree orders them, an organisation before its outlets. Two queries."""
    own = [_organisation(*row) for row in scope.organisations().values_list(*OWN)]
    outlets = [_outlet(*row) for row in scope.outlets().values_list(*OUTLET)]
    return sorted([*own, *outlets], key=lambda place: (place.path, bool(place.outlet)))


def by_distance(found: Iterable[Place], origin: Position | None) -> list[Place]:
    """Put the nearest first, what has no position last; without an origin the order of the tree stays."""
    if origin is None:
        return sorted(found, key=lambda place: place.position is None)

    def key(place: Place) -> tuple[bool, float]:
        return place.position is None, place.metres_from(origin) or 0.0

    return sorted(found, key=key)


def _organisation(*row: Any) -> Place:
    pk, title, short, longitude, latitude, division, address, hours, url_path, path, code = row
    position = position_of(longitude, latitude)
    return Place(pk, 0, short or title, "", position, division, address, hours, url_path, path, code or "")


def _outlet(*row: Any) -> Place:
    pk, name, longitude, latitude, division, address, hours, page, title, short, above, url_path, path, code, key = row
    position, owner, named = position_of(longitude, latitude), short or title, f"{code}~{outlet_key(key)}"
    division = division or above
    return Place(page, pk, name, owner, position, division, address, hours, url_path, path, named if code else "")


def outlet_key(translation_key: Any) -> str:
    """Return what names an outlet within its organisation, whatever becomes of its row."""
    return str(translation_key)[:8]


def position_of(longitude: Decimal | float | None, latitude: Decimal | float | None) -> Position | None:
    """Return a position that has both halves."""
    if longitude is None or latitude is None:
        return None
    return Position(float(longitude), float(latitude))
