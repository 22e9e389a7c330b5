"""Valhalla over HTTP, as it runs in its own process (docs/map.md)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings

from ledger.guarded_http import ForbiddenAddressError, UnreachableError, post
from rules.coordinates import Position

from .instructions import Manoeuvre, told
from .planner import Mode, NoWayError, PlannerAwayError, Route, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

COSTING = {Mode.WALKING: "pedestrian", Mode.CYCLING: "bicycle", Mode.DRIVING: "auto"}
SECONDS = 2.0
BYTES = 4_000_000
# No path, no street near one of the ends, too far for this engine.
NO_WAY = {154, 171, 442, 443}
PRECISION = 1e6


class Valhalla:
    """The engine at an address."""

    modes: ClassVar[tuple[Mode, ...]] = tuple(COSTING)

    def __init__(self, url: str) -> None:
        self.url = f"{url.rstrip('/')}/route"

    @classmethod
    def from_settings(cls) -> Valhalla:
        """Return what the settings describe."""
        return cls(settings.ROUTE_ENGINE_URL)

    def plan(self, origin: Position, goal: Position, mode: Mode) -> Route:
        """Ask for the way. Raises PlannerAwayError, NoWayError."""
        question = {
            "locations": [{"lon": end.longitude, "lat": end.latitude} for end in (origin, goal)],
            "costing": COSTING[mode],
            "units": "kilometers",
            "directions_type": "maneuvers",
        }
        headers = {"Content-Type": "application/json"}
        try:
            reply = post(self.url, json.dumps(question).encode(), headers, seconds=SECONDS, limit=BYTES)
            answer = json.loads(reply.body)
        except (ForbiddenAddressError, UnreachableError, ValueError, RecursionError) as error:
            raise PlannerAwayError(str(error)) from error
        if reply.status != HTTPStatus.OK:
            raise _refusal(answer)
        return read_route(answer)


def _refusal(answer: Any) -> Exception:
    code = answer.get("error_code") if isinstance(answer, dict) else None
    return NoWayError(str(code)) if code in NO_WAY else PlannerAwayError(str(code))


def read_route(answer: Any) -> Route:
    """Read what the engine answered. Raises PlannerAwayError when it is not what it should be."""
    try:
        trip = answer["trip"]
        legs = [(list(line_of(leg["shape"])), leg["maneuvers"]) for leg in trip["legs"]]
        steps = tuple(_step(each, line) for line, manoeuvres in legs for each in manoeuvres)
        points = tuple(point for line, _manoeuvres in legs for point in line)
        summary = trip["summary"]
        route = Route(float(summary["length"]) * 1_000, float(summary["time"]), steps, points)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise PlannerAwayError(f"odd answer: {error}") from error
    if len(route.line) < 2:
        raise PlannerAwayError("odd answer: no line")
    return route


def _step(said: Any, line: list[tuple[float, float]]) -> Step:
    begins, ends = int(said["begin_shape_index"]), int(said["end_shape_index"])
    beginning = (Position(*line[begins]), Position(*line[begins + 1])) if 0 <= begins < ends < len(line) else None
    # Where the street changes its name on the way, the first one is what a driver looks for.
    streets = said.get("begin_street_names") or said.get("street_names") or ()
    names = [name for name in streets if isinstance(name, str)]
    manoeuvre = Manoeuvre(int(said["type"]), names, int(said.get("roundabout_exit_count") or 0), beginning)
    return Step(told(manoeuvre), float(said["length"]) * 1_000)


def line_of(shape: str) -> Iterator[tuple[float, float]]:
    """Read a line in the engine's own writing: differences in millionths of a degree, five bits a letter."""
    values: list[int] = []
    value = shift = 0
    for letter in shape:
        bits = ord(letter) - 63
        if not 0 <= bits < 64:
            raise ValueError("no letter of a line")
        value |= (bits & 0x1F) << shift
        shift += 5
        if bits < 0x20:
            values.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    latitude = longitude = 0
    for north, east in zip(values[::2], values[1::2], strict=True):
        latitude, longitude = latitude + north, longitude + east
        yield longitude / PRECISION, latitude / PRECISION
