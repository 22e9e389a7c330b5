"""Rows whose representation is ready: whoever keeps them puts up a shelf here, and lists are put together from it.

The API knows nothing of how they are kept; without a shelf everything is rendered.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from rest_framework.renderers import JSONRenderer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from django.http import HttpRequest

META = "meta"


class Ready(NamedTuple):
    """A row that may be sent now; and until when, where the clock changes it."""

    body: bytes
    until: datetime | None = None


class Shelf(Protocol):
    """Keeps representations of rows, as the details answer them."""

    def serves(self, request: HttpRequest) -> bool:
        """Are the rows kept as this request would be answered?"""

    def rows(self, endpoint: str, keys: Sequence[int], *, whole: bool) -> Mapping[int, Ready]:
        """Return those that may be sent now: with all fields, or with those a list shows when none are asked for."""

    def total(self, endpoint: str, language: str, chosen: Mapping[str, Collection[int]]) -> int | None:
        """Return how many rows a list has that was narrowed to some rows (by filter), where that is known."""


_shelves: list[Shelf] = []


def put_up(shelf: Shelf) -> None:
    """Let lists be put together from this one."""
    _shelves[:] = [shelf]


def shelf_for(request: HttpRequest) -> Shelf | None:
    """Return where rows for this request are kept; None where they must be rendered."""
    return next((shelf for shelf in _shelves if shelf.serves(request)), None)


def written(data: Any) -> bytes:
    """Return JSON, byte for byte as the API writes it."""
    return bytes(JSONRenderer().render(data))


def narrowed(row: bytes, names: Collection[str]) -> bytes:
    """Return a row with some of its fields, byte for byte as if only they had been asked for."""
    shown: dict[str, Any] = {}
    for name, value in json.loads(row).items():
        if name != META:
            shown |= {name: value} if name in names else {}
        elif meta := {inner: each for inner, each in value.items() if inner in names}:
            shown[META] = meta
    return written(shown)


def without(row: bytes, omitted: Collection[str]) -> bytes:
    """Return a row without some of its fields; none of them stands in `meta`."""
    return written({name: value for name, value in json.loads(row).items() if name not in omitted})
