"""Ask the engine, but never wait for one that is known to be silent, nor ask twice for the same way.

What was answered is kept for a few minutes. After three failures in a row nobody asks for a minute: a reader should
not spend two seconds to learn what the one before him has learned.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from .planner import Mode, NoWayError, PlannerAwayError, Route, RoutePlanner
from .tianditu import Tianditu
from .valhalla import Valhalla

if TYPE_CHECKING:
    from rules.coordinates import Position

logger = logging.getLogger(__name__)
# An engine is added here: its name in the setting, and what asks it.
ENGINES: dict[str, type[RoutePlanner]] = {"valhalla": Valhalla, "tianditu": Tianditu}
KEPT_SECONDS = 300
MOST_FAILURES = 3
REST_SECONDS = 60
FAILURES, SINCE = "routing-failures", "routing-silent-since"
NO_WAY = "no way"


@dataclass(frozen=True)
class Answer:
    """What came of asking: a route, or why there is none."""

    route: Route | None = None
    no_way: bool = False
    # The engine is away; when it is left alone, since when.
    away: bool = False
    since: datetime | None = None


def engine() -> RoutePlanner | None:
    """Return the engine that the settings name."""
    return ENGINES[settings.ROUTE_ENGINE].from_settings() if settings.ROUTE_ENGINE_URL else None


def modes() -> tuple[Mode, ...]:
    """Return how one can go: as the engine can; without one all, as the link out knows them."""
    planner = engine()
    return planner.modes if planner else tuple(Mode)


def ask(origin: Position, goal: Position, mode: Mode) -> Answer:
    """Return the way, or say why there is none. Takes two seconds at most."""
    planner = engine()
    if planner is None:
        return Answer()
    key = _key(origin, goal, mode)
    kept = cache.get(key)
    if kept is not None:
        return Answer(no_way=True) if kept == NO_WAY else Answer(kept)
    if since := resting():
        return Answer(away=True, since=since)
    try:
        route = planner.plan(origin, goal, mode)
    except NoWayError:
        _answered(key, NO_WAY)
        return Answer(no_way=True)
    except PlannerAwayError as error:
        _failed(error)
        return Answer(away=True, since=resting())
    _answered(key, route)
    return Answer(route)


def resting() -> datetime | None:
    """Return since when the engine is left alone; None when it may be asked."""
    since: datetime | None = cache.get(SINCE)
    return since


def _key(origin: Position, goal: Position, mode: Mode) -> str:
    ends = [f"{end.longitude:.5f},{end.latitude:.5f}" for end in (origin, goal)]
    told = " ".join([settings.ROUTE_ENGINE, settings.ROUTE_ENGINE_URL, mode, get_language() or "", *ends])
    return f"route-{sha256(told.encode()).hexdigest()}"


def _answered(key: str, answer: Route | str) -> None:
    cache.set(key, answer, KEPT_SECONDS)
    cache.delete(FAILURES)


def _failed(error: PlannerAwayError) -> None:
    # Of where people go nothing is written.
    logger.warning("The route engine gave no answer: %s", error)
    cache.add(FAILURES, 0, REST_SECONDS)
    try:
        failures = cache.incr(FAILURES)
    except ValueError:
        # It ran out between the two.
        failures = 1
    if failures >= MOST_FAILURES:
        cache.set(SINCE, timezone.now(), REST_SECONDS)
        cache.delete(FAILURES)
