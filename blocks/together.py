"""Rows that blocks and links point to, looked up once for many streams.

A list of twenty disclosures asks the database once for its documents, once for its pictures, once for its pages,
however many blocks and links name them. Outside `read_together` every block looks up its own rows, as in Wagtail.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from typing import Any

from django.db.models import Model
from wagtail.blocks import StreamValue

Rows = dict[Any, Any]
Fetch = Callable[[set[Any]], Rows]


class Shelf:
    """Rows by model and key. While `collecting`, what is not there is only noted down; afterwards it is fetched."""

    def __init__(self) -> None:
        self.collecting = True
        self.rows: dict[type[Model], Rows] = defaultdict(dict)
        self.wanted: dict[type[Model], set[Any]] = defaultdict(set)
        self.fetch: dict[type[Model], Fetch] = {}

    def take(self, model: type[Model], keys: Iterable[Any], fetch: Fetch | None = None) -> Rows:
        """Return the rows there are; the first who says how to fetch a model's rows is believed."""
        if fetch:
            self.fetch.setdefault(model, fetch)
        self.wanted[model].update(set(keys) - self.rows[model].keys() - {None})
        if not self.collecting:
            self.fill()
        return self.rows[model]

    def fill(self) -> None:
        """Fetch what was wanted, with one query for each model."""
        for model, keys in self.wanted.items():
            if keys:
                fetch: Fetch = self.fetch.get(model) or model._default_manager.in_bulk
                found = fetch(keys)
                self.rows[model].update(dict.fromkeys(keys) | found)
        self.wanted.clear()


_shelf: ContextVar[Shelf | None] = ContextVar("shelf", default=None)


class LookedUpTogether:
    """Mixin for chooser blocks."""

    def fetch(self, keys: set[Any]) -> Rows:
        """Look up rows by their keys."""
        return self.model_class.objects.in_bulk(keys)  # type: ignore[attr-defined]

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        """Return an object of its own for each value: a block may write on it."""
        keys, shelf = list(values), _shelf.get()
        model = self.model_class  # type: ignore[attr-defined]
        rows = shelf.take(model, keys, self.fetch) if shelf else self.fetch(set(keys) - {None})
        return [copy(rows.get(key)) for key in keys]


@contextmanager
def read_together(streams: Sequence[StreamValue]) -> Iterator[list[StreamValue]]:
    """Read the streams of one field with few queries, and keep what was found at hand for their links."""
    shelf = Shelf()
    token = _shelf.set(shelf)
    try:
        yield list(_read(streams, shelf)) if streams else []
    finally:
        _shelf.reset(token)


def _read(streams: Sequence[StreamValue], shelf: Shelf) -> Iterable[StreamValue]:
    block = streams[0].stream_block
    raw = [list(stream.raw_data) for stream in streams]
    # Twice: the first reading finds nothing on the shelf and says what must be on it.
    for stream in block.bulk_to_python(raw):
        for model, key, *_path in block.extract_references(stream):
            shelf.take(model, [model._meta.pk.to_python(key)])
    shelf.collecting = False
    shelf.fill()
    return block.bulk_to_python(raw)


def taken(model: type[Model], keys: Sequence[Any]) -> list[Any] | None:
    """Return the rows at hand in the order of the keys; None outside `read_together`."""
    shelf = _shelf.get()
    if shelf is None:
        return None
    rows = shelf.take(model, keys)
    return [rows.get(key) for key in keys]
