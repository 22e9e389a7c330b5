"""A link to a map outside, for whoever wants more than we can tell. Positions are written in the datum of that map."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.conf import settings

from cms.service_map.tiles import drawn
from rules.coordinates import datum_of

from .planner import Mode

if TYPE_CHECKING:
    from rules.coordinates import Position

# What the setting's template may hold, and how its provider calls the ways to go.
MODES = {Mode.WALKING: "walk", Mode.CYCLING: "ride", Mode.DRIVING: "car"}


def outside(origin: Position | None, goal: Position, name: str, mode: Mode) -> str:
    """Return the address of the way on the map outside; empty where the setting names none."""
    if not settings.ROUTE_LINK_URL:
        return ""
    datum = datum_of(settings.ROUTE_LINK_DATUM)
    ends = {"to": drawn(goal, datum), "from": drawn(origin, datum) if origin else None}
    values = {end: f"{at.longitude:.6f},{at.latitude:.6f}" if at else "" for end, at in ends.items()}
    address: str = settings.ROUTE_LINK_URL
    for key, value in {**values, "name": quote(name, safe=""), "mode": MODES[mode]}.items():
        address = address.replace(f"{{{key}}}", value)
    return address
