"""JSON files that are written thing by thing: however many there are, one is in memory."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Thing = dict[str, Any]


def write_list(file: IO[bytes], things: Iterable[Thing], before: str = "[", after: str = "]") -> None:
    """Write things as a JSON list, one on a line, between two texts."""
    file.write(before.encode())
    for place, thing in enumerate(things):
        file.write(b",\n" if place else b"\n")
        file.write(json.dumps(thing, ensure_ascii=False).encode())
    file.write(f"\n{after}\n".encode())


def write_graph(file: IO[bytes], context: Thing, things: Iterable[Thing]) -> None:
    """Write things as JSON-LD. The context stands in the file: nothing needs to be fetched to read it."""
    head = json.dumps(context, ensure_ascii=False)
    write_list(file, things, f'{{"@context": {head}, "@graph": [', "]}")


def filled(thing: Thing) -> Thing:
    """Leave out what says nothing."""
    return {name: value for name, value in thing.items() if value not in (None, "", [], {})}
