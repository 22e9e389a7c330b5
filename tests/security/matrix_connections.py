"""Connections to providers: an administrator sees those of his organisation and below, and no others."""

from __future__ import annotations

from typing import Any

from .asking import NOBODY, OPERATORS, PLACES, REACH, Row, people
from .world import World

ADMINISTRATORS = people(" ".join(PLACES), ["administrator"]) | OPERATORS
REACHING = people(REACH, ["administrator"]) | OPERATORS


def terms(world: World) -> Any:
    return {
        "name": "改名", "base_url": "https://other.example.org/", "organisation": world.things["own"].title,
        "operations": ["query"], "key_id": "k1", "seconds": "5",
    }  # fmt: skip


ROWS = [
    Row("connections:list", (), ADMINISTRATORS),
    Row("connections:add", (), ADMINISTRATORS),
    Row("connections:add", (), REACHING, post=terms),
    Row("connections:connection", ("connection",), REACHING),
    Row("connections:edit", ("connection",), REACHING),
    Row("connections:edit", ("connection",), REACHING, post=terms),
    *(Row("connections:act", ("connection",), REACHING, post={"act": act}) for act in ("test", "pause")),
    Row("connections:act", ("connection",), REACHING, post={"act": "remove", "sure": "yes"}),
    Row("connections:act", ("connection",), NOBODY, post={"act": "remove"}),
    Row("connections:act", ("connection",), NOBODY, post={"act": "nothing"}),
    Row("connections:act", ("connection",), NOBODY),
]
