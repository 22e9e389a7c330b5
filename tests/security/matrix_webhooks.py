"""Webhooks: an administrator registers addresses for his organisation and below, and sees no others."""

from __future__ import annotations

from typing import Any

from .asking import NOBODY, OPERATORS, PLACES, REACH, Row, people
from .world import World

ADMINISTRATORS = people(" ".join(PLACES), ["administrator"]) | OPERATORS
REACHING = people(REACH, ["administrator"]) | OPERATORS


def terms(world: World) -> Any:
    return {"name": "改名", "address": "https://other.example.org/", "organisation": world.things["own"].title}


ROWS = [
    Row("webhooks:list", (), ADMINISTRATORS),
    Row("webhooks:add", (), ADMINISTRATORS),
    Row("webhooks:add", (), REACHING, post=terms),
    Row("webhooks:webhook", ("webhook",), REACHING),
    Row("webhooks:edit", ("webhook",), REACHING),
    Row("webhooks:edit", ("webhook",), REACHING, post=terms),
    *(Row("webhooks:act", ("webhook",), REACHING, post={"act": act}) for act in ("ping", "pause", "rotate")),
    Row("webhooks:act", ("webhook",), REACHING, post={"act": "remove", "sure": "yes"}),
    Row("webhooks:act", ("webhook",), NOBODY, post={"act": "resume"}),
    Row("webhooks:act", ("webhook",), NOBODY, post={"act": "nothing"}),
    Row("webhooks:act", ("webhook",), NOBODY),
    Row("webhooks:delivery", ("webhook", "webhook delivery"), REACHING),
    Row("webhooks:delivery", ("webhook", "webhook delivery"), REACHING, post={}),
    # One webhook's log is not read through another.
    Row("webhooks:delivery", ("other webhook", "webhook delivery"), NOBODY),
]
