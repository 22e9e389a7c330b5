"""People: appointing, moving, leave, handover. An administrator acts strictly below; everybody on his own leave."""

from __future__ import annotations

from typing import Any

from .asking import NOBODY, OPERATORS, PLACES, STAFF, Row, people
from .world import World

# Nobody appoints beside himself.
ABOVE = people("above portal", ["administrator"]) | OPERATORS
ADMINISTRATORS = people(" ".join(PLACES), ["administrator"]) | OPERATORS
EDITOR, REVIEWER = people("own", ["editor"]), people("own", ["reviewer"])
DAY = "2099-03-02"


def leave(world: World) -> Any:
    deputy = world.people["own reviewer"].pk
    return {"organisation": world.things["own"].pk, "deputy": deputy, "since": DAY, "until": DAY}


def handover(world: World) -> Any:
    return {"taker": "stranger", "organisation": "", "then": "confirm"}


def moving(world: World) -> Any:
    return {"place": world.things["beside"].title}


APPOINTING = [
    Row("people:people", ("own",), ABOVE),
    Row("people:people", ("own",), ABOVE, post={"person": "newcomer 张三", "duty": "editor"}),
    Row("people:people", ("portal",), OPERATORS),
    Row("people:people", ("draft",), NOBODY),
    Row("people:change", ("own", "appointment"), ABOVE, post={"act": "suspend"}),
    Row("people:change", ("own", "appointment"), ABOVE, post={"act": "relieve"}),
    Row("people:change", ("beside", "appointment"), NOBODY, post={"act": "relieve"}),
    Row("people:change", ("own", "appointment"), NOBODY),
]

DIRECTORY = [
    Row("people:directory", (), ADMINISTRATORS),
    Row("people:person", ("own clerk",), ABOVE),
    Row("people:person", ("own clerk",), ABOVE, post={"first_name": "改名", "email": "new@example.org", "phone": ""}),
    Row("people:person", ("operator account",), NOBODY, post={"first_name": "改名", "email": "", "phone": ""}),
    Row("people:active", ("own clerk",), ABOVE, post={"act": "stop"}),
    Row("people:active", ("operator account",), NOBODY, post={"act": "stop"}),
    Row("people:active", ("own clerk",), NOBODY),
    Row("people:move", ("appointment",), ABOVE),
    Row("people:move", ("appointment",), ABOVE, post=moving),
]

LEAVE = [
    Row("people:leave", (), STAFF),
    Row("people:leave", (), people("own", ["editor", "administrator"]), post=leave),
    Row("people:leave_of", ("own clerk",), ABOVE),
    Row("people:leave_of", ("own clerk",), ABOVE, post=leave),
    Row("people:end_leave", ("leave",), ABOVE | EDITOR, post={}),
    Row("people:end_leave", ("leave",), NOBODY),
]

HANDOVER = [
    Row("people:handover", ("own clerk",), ABOVE),
    Row("people:handover", ("own clerk",), ABOVE, post=handover),
    Row("people:handed_over", ("handover",), ABOVE | EDITOR | REVIEWER),
]

ROWS = [*APPOINTING, *DIRECTORY, *LEAVE, *HANDOVER]
