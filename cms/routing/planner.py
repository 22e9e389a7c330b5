"""What a route planner is, whichever engine stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol, Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from rules.coordinates import Position


class Mode(TextChoices):
    """How one goes."""

    WALKING = "walking", _("步行")
    CYCLING = "cycling", _("骑行")
    DRIVING = "driving", _("驾车")


@dataclass(frozen=True)
class Step:
    """One thing to do on the way, and how far it goes from there."""

    text: str
    metres: float
    # What an engine says in a language of its own, whatever the reader's.
    lang: str = ""


@dataclass(frozen=True)
class Route:
    """A way: its length, the time it takes, what to do, and its line in WGS-84."""

    metres: float
    seconds: float
    steps: tuple[Step, ...]
    line: tuple[tuple[float, float], ...]


class PlannerAwayError(Exception):
    """The engine did not answer, or not in its own language."""


class NoWayError(Exception):
    """The engine answered that there is no way."""


class RoutePlanner(Protocol):
    """An engine that is asked over the network. `modes`: how it can go; nothing else is offered or asked for."""

    modes: ClassVar[tuple[Mode, ...]]

    @classmethod
    def from_settings(cls) -> Self:
        """Return the engine as the settings describe it."""
        ...

    def plan(self, origin: Position, goal: Position, mode: Mode) -> Route:
        """Return the way. Raises PlannerAwayError, NoWayError."""
        ...
