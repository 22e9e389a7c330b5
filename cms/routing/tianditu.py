"""The route service of Tianditu (天地图, CGCS2000: within centimetres of WGS-84). It drives; nothing else is offered.

Its documentation knows a style for walking; the way it returns then is one for cars, at their speed.
"""

from __future__ import annotations

import json
import math
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlencode
from xml.etree import ElementTree

from django.conf import settings

from ledger.guarded_http import ForbiddenAddressError, UnreachableError, get
from pages.presentation.reader import SOURCE_TAG

from .planner import Mode, NoWayError, PlannerAwayError, Route, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.coordinates import Position

FASTEST = "0"
SECONDS = 2.0
BYTES = 4_000_000
SHOWN = 100


class Tianditu:
    """The service at an address, asked with the portal's key."""

    modes: ClassVar[tuple[Mode, ...]] = (Mode.DRIVING,)

    def __init__(self, url: str, key: str) -> None:
        self.url, self.key = f"{url.rstrip('/')}/drive", key

    @classmethod
    def from_settings(cls) -> Tianditu:
        """Return what the settings describe."""
        return cls(settings.ROUTE_ENGINE_URL, settings.ROUTE_ENGINE_KEY)

    def plan(self, origin: Position, goal: Position, mode: Mode) -> Route:
        """Ask for the way. Raises PlannerAwayError, NoWayError."""
        ends = {name: f"{end.longitude:.6f},{end.latitude:.6f}" for name, end in (("orig", origin), ("dest", goal))}
        asked = json.dumps({**ends, "style": FASTEST}, separators=(",", ":"))
        query = urlencode({"postStr": asked, "type": "search", "tk": self.key})
        try:
            reply = get(f"{self.url}?{query}", seconds=SECONDS, limit=BYTES)
        except (ForbiddenAddressError, UnreachableError) as error:
            # Without the address: the key stands in it.
            raise PlannerAwayError(type(error).__name__) from error
        if reply.status != HTTPStatus.OK:
            raise PlannerAwayError(f"status {reply.status}: {reply.body[:SHOWN]!r}")
        return read_route(reply.body)


def read_route(body: bytes) -> Route:
    """Read what the service answered. Raises PlannerAwayError when it is not what it should be."""
    result = _parsed(body)
    if result.tag != "result":
        raise PlannerAwayError(f"odd answer: {body[:SHOWN]!r}")
    line = tuple(_line(_text(result, "routelatlon")))
    if not line and not result.findall("routes/item"):
        raise NoWayError("no route")
    try:
        steps = tuple(_steps(result))
        route = Route(_number(_text(result, "distance")) * 1_000, _number(_text(result, "duration")), steps, line)
    except ValueError as error:
        raise PlannerAwayError(f"odd answer: {error}") from error
    if len(line) < 2 or not steps:
        raise PlannerAwayError("odd answer: no line")
    return route


def _parsed(body: bytes) -> ElementTree.Element:
    """Parse XML; a declaration of entities is none of this service, whatever expat would do with it."""
    if b"<!" in body:
        raise PlannerAwayError("odd answer: a declaration")
    try:
        return ElementTree.fromstring(body)  # noqa: S314 (no entities, and of limited size)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        # Refused keys are answered in JSON.
        raise PlannerAwayError(f"odd answer: {body[:SHOWN]!r}") from error


def _steps(result: ElementTree.Element) -> Iterator[Step]:
    """Return the steps drawn together by street, which alone say how long they are; else all turns."""
    for item in result.findall("simple/item") or result.findall("routes/item"):
        if said := _text(item, "strguide"):
            yield Step(said, _number(_text(item, "streetDistance") or "0"), SOURCE_TAG)


def _line(text: str) -> Iterator[tuple[float, float]]:
    for pair in filter(None, text.split(";")):
        longitude, _comma, latitude = pair.partition(",")
        try:
            point = _number(longitude), _number(latitude)
        except ValueError as error:
            raise PlannerAwayError(f"odd answer: {error}") from error
        if abs(point[0]) > 180 or abs(point[1]) > 90:
            raise PlannerAwayError("odd answer: a point beyond the earth")
        yield point


def _text(element: ElementTree.Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _number(text: str) -> float:
    """Read a number; nan and infinity are none."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value
