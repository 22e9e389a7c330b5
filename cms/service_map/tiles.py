"""What the map is drawn on: a reviewed map of a provider, or a schematic of ours.

A map without its review number (审图号) may not be shown to the public (《地图管理条例》第三十七条): without the number
the provider's map is not used. Providers that shift their maps (GCJ-02) are given shifted positions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings

from rules.coordinates import Datum, bd09_from_gcj02, datum_of, gcj02_from_wgs84

if TYPE_CHECKING:
    from rules.coordinates import Position


def has_tiles() -> bool:
    """Is there a provider whose map may be shown?"""
    return bool(settings.MAP_TILES and settings.MAP_REVIEW_NUMBER)


def drawn_datum() -> Datum:
    """Return the datum in which positions are drawn."""
    return datum_of(settings.MAP_DATUM) if has_tiles() else Datum.WGS84


def drawn(position: Position, datum: Datum | None = None) -> Position:
    """Shift a position of WGS-84 to where it lies on the map that is drawn."""
    datum = datum or drawn_datum()
    if datum == Datum.WGS84:
        return position
    shifted = gcj02_from_wgs84(position.longitude, position.latitude)
    return shifted if datum == Datum.GCJ02 else bd09_from_gcj02(shifted.longitude, shifted.latitude)


def described() -> dict[str, Any]:
    """Return what templates say of the provider, and tell the script."""
    if not has_tiles():
        return {}
    return {
        "layers": " ".join(settings.MAP_TILES),
        "subdomains": settings.MAP_TILES_SUBDOMAINS,
        "attribution": settings.MAP_ATTRIBUTION,
        "review_number": settings.MAP_REVIEW_NUMBER,
        "nearest": settings.MAP_MAX_ZOOM,
    }


def origins() -> list[str]:
    """Return where pictures of the map come from, as a content policy names it."""
    found = [urlsplit(template) for template in settings.MAP_TILES] if has_tiles() else []
    return sorted({f"{parts.scheme}://{_host(parts.netloc)}" for parts in found if parts.scheme and parts.netloc})


def _host(name: str) -> str:
    """Write a changing first label as a policy can: t{s}.example.org → *.example.org."""
    first, _dot, rest = name.partition(".")
    return f"*.{rest}" if "{" in first else name
