"""The places of the list as the script draws them: the same, in the same order, under the same numbers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pages.identity import sources
from pages.models import DistrictPage, OrganisationPage
from pages.presentation.rows import name
from rules.coordinates import Datum, Position

from . import outages
from .tiles import drawn, drawn_datum

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pages.presentation import Reader

    from .found import Found
    from .places import Place

# A city has four thousand units; more than a phone can draw is no help.
MOST = 5_000
# A metre.
DIGITS = 5
DISTRICT = 6
COLUMNS = ("number", "title", "owner", "longitude", "latitude", "address", "hours", "key", "url")
# Only where the map is shifted.
SHIFTED = ("x", "y")


def points(reader: Reader, found: Found, home: Any) -> dict[str, Any]:
    """Return what is drawn. `longitude` and `latitude` are WGS-84, `x` and `y` where that lies on a shifted map.

    `url` goes on from `root`: so many addresses that begin alike are told once.
    """
    datum, asked = drawn_datum(), found.asked
    drawable = [(number, place) for number, place in enumerate(found.places, 1) if place.position]
    titles = _translated(reader)
    # Addresses are composed: to ask each of four thousand pages for its own would take a second.
    start, above = (reader.url(home), len(home.url_path)) if home else ("/", 1)
    rows = [
        [*_row(number, place, titles.get(place.organisation, "")), place.url_path[above:], *_shifted(place, datum)]
        for number, place in drawable[:MOST]
    ]
    return {
        "datum": "WGS-84",
        "drawn_datum": datum.value,
        "total": len(found.places),
        "is_cut": len(drawable) > MOST,
        "root": start,
        "columns": COLUMNS if datum == Datum.WGS84 else [*COLUMNS, *SHIFTED],
        "rows": rows,
        "labels": _labels(reader, [place for _number, place in drawable], datum),
        "areas": _areas(reader, asked.district, datum),
        "origin": _origin(asked.whereabouts, datum),
    }


def _shifted(place: Place, datum: Datum) -> list[float]:
    """Return where a place lies on a map that is shifted."""
    return _degrees(drawn(place.position, datum)) if place.position and datum != Datum.WGS84 else []


def _row(number: int, place: Place, organisation: str) -> list[Any]:
    return [
        number,
        place.title if place.outlet else organisation or place.title,
        (organisation or place.owner) if place.outlet else "",
        *_degrees(place.position or Position(0, 0)),
        place.address,
        place.hours,
        place.key,
    ]


def _degrees(position: Position) -> list[float]:
    return [round(position.longitude, DIGITS), round(position.latitude, DIGITS)]


def _translated(reader: Reader) -> dict[int, str]:
    """Return the names of organisations that are translated, by the source page. Abroad one query, at home none."""
    if reader.reads_source:
        return {}
    translations = OrganisationPage.objects.live().filter(locale__language_code=reader.language, alias_of=None)
    keys = dict(translations.values_list("translation_key", "title"))
    own = sources(OrganisationPage.objects.filter(translation_key__in=keys)).values_list("pk", "translation_key")
    return {pk: keys[key] for pk, key in own}


def _labels(reader: Reader, found: Iterable[Place], datum: Datum) -> list[list[Any]]:
    """Write the name of each district into the middle of its places, for a map that has no other words."""
    by_district: dict[str, list[Position]] = defaultdict(list)
    for place in found:
        if place.position:
            by_district[place.division_code[:DISTRICT]].append(place.position)
    districts = [page for page in sources(DistrictPage.objects.live()) if page.division_code in by_district]
    shown = reader.translated(districts)
    return [
        [name(shown[page.pk]), *_degrees(drawn(_middle(by_district[page.division_code]), datum))] for page in districts
    ]


def _middle(positions: list[Position]) -> Position:
    """Return the median of both coordinates: one address that is wrong moves nothing."""
    across = sorted(position.longitude for position in positions)
    along = sorted(position.latitude for position in positions)
    return Position(across[len(across) // 2], along[len(along) // 2])


def _areas(reader: Reader, district: DistrictPage | None, datum: Datum) -> list[dict[str, Any]]:
    notices = outages.current(district)
    rows = dict(zip([notice.pk for notice in notices], outages.rows(reader, notices), strict=True))
    return [
        {
            "notices": [_notice(rows[each.pk]) for each in named],
            "position": _degrees(drawn(middle, datum)),
            "metres": metres,
        }
        for named, middle, metres in outages.areas(notices)
    ]


def _notice(row: dict[str, Any]) -> dict[str, str]:
    named = {key: str(row[key]) for key in ("title", "url", "when")}
    return {**named, "until": "　".join(filter(None, [row["until"], row["area"]]))}


def _origin(whereabouts: Any, datum: Datum) -> dict[str, Any] | None:
    if whereabouts is None or whereabouts.position is None:
        return None
    return {"title": whereabouts.title, "position": _degrees(drawn(whereabouts.position, datum))}
