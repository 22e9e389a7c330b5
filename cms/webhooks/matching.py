"""Which event a webhook is told of, and as what: whoever follows a subtree sees what enters and what leaves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cms.public_events.kinds import CATALOGUE, DELETED, FAMILIES, PUBLISHED, outward

if TYPE_CHECKING:
    from collections.abc import Collection

ENTERED, LEFT = "entered", "left"


@dataclass(frozen=True)
class Scope:
    """The organisation a webhook follows, with the pages above it, and the kinds it wants (none: all)."""

    root: int
    above: frozenset[int]
    kinds: Collection[str] = ()


@dataclass(frozen=True)
class Telling:
    """What an event is called for a subscriber; `scope` says that it entered or left what he follows."""

    kind: str
    scope: str = ""


def telling(kind: str, subject: int, data: dict[str, Any], scope: Scope) -> Telling | None:
    """Return what is told of an event; None where it is no matter of this subscriber."""
    found = _within(kind, subject, data, scope)
    return found if found is not None and (not scope.kinds or found.kind in scope.kinds) else None


def _within(kind: str, subject: int, data: dict[str, Any], scope: Scope) -> Telling | None:
    endpoint = data["endpoint"]
    # The catalogue and the industries are everybody's; what befalls an organisation above befalls all below.
    if FAMILIES.get(endpoint) == CATALOGUE or (data.get("subtree") and subject in scope.above):
        return Telling(outward(kind, endpoint))
    now = scope.root in data["within"]
    before = scope.root in data["was_within"] if data.get("was_within") else now
    if now and before:
        return Telling(outward(kind, endpoint))
    if now:
        return Telling(outward(PUBLISHED, endpoint), ENTERED)
    return Telling(outward(DELETED, endpoint), LEFT) if before else None
