"""How far two positions lie apart, and which way: as the crow flies, on a round earth."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .coordinates import Position

# The mean radius of the earth in metres.
RADIUS = 6_371_008.8
QUARTERS = 8


def metres_between(one: Position, other: Position) -> float:
    """Return the straight-line distance in metres (haversine; within half a per cent of the ellipsoid)."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    narrowed = cos(radians(one.latitude)) * cos(radians(other.latitude))
    square = sin(north / 2) ** 2 + narrowed * sin(east / 2) ** 2
    return 2 * RADIUS * asin(min(1.0, square**0.5))


def quarter(origin: Position, goal: Position) -> int:
    """Return which way the goal lies: 0 is north, 1 north-east, 2 east … 7 north-west."""
    east = (goal.longitude - origin.longitude) * cos(radians(origin.latitude))
    north = goal.latitude - origin.latitude
    return round(degrees(atan2(east, north)) / (360 / QUARTERS)) % QUARTERS


def rounded(metres: float) -> float:
    """Round a distance as people say it: to ten metres below a kilometre, to a hundred below a hundred."""
    step = 10 if metres < 1_000 else 100 if metres < 100_000 else 1_000
    return round(metres / step) * step
