"""A list put together of rows that are ready; what is not is rendered as ever. The bytes are the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

from .expansion import Expansion
from .shelf import Ready, narrowed, shelf_for, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from .shelf import Shelf


@dataclass(frozen=True)
class Together:
    """Rows as they are written, and which of them were not ready.

    Where `is_lasting`, the list stays as it is until something changes, or the moment `until` comes.
    """

    items: list[bytes]
    missing: list[int]
    is_lasting: bool
    until: datetime | None


def shelf_of(view: Any) -> Shelf | None:
    """Return the shelf the view's list can be put together from, None where it must be rendered.

    Rows that have no language are kept in that of the source alone.
    """
    if view.language != settings.LANGUAGE_CODE and not hasattr(view.model, "locale_id"):
        return None
    return shelf_for(view.request._request)


def put_together(view: Any, shelf: Shelf, keys: Sequence[int], names: Sequence[str]) -> Together:
    """Return the rows with these keys in their order, each with the fields of these names."""
    listed = [name for name in view.available() if name not in view.listing_omits]
    kept = listed if set(names) <= set(listed) else list(view.available())
    found = dict(shelf.rows(view.endpoint, keys, whole=kept is not listed)) if keys else {}
    ready = {key: narrowed(row.body, set(names)) if names != kept else row.body for key, row in found.items()}
    missing = [key for key in keys if key not in ready]
    if missing:
        ready |= _rendered(view, missing)
    # One that left the public between two questions is shown no more.
    items = [ready[key] for key in keys if key in ready]
    # What is found also changes with the words of the search, which are no public thing.
    is_lasting = view.is_lasting() and "search" not in view.asked
    return Together(items, missing, is_lasting, _first_moment(found))


def expanded(view: Any, together: Together) -> Together:
    """Return the rows with the objects that were asked for beside them."""
    expansion, rows = Expansion(view), [json.loads(item) for item in together.items]
    expansion.put_into(rows, view.relations)
    moments = [each for each in (together.until, expansion.until) if each is not None]
    is_lasting = together.is_lasting and expansion.were_ready
    return Together([written(row) for row in rows], together.missing, is_lasting, min(moments, default=None))


def _first_moment(found: Mapping[int, Ready]) -> datetime | None:
    return min((row.until for row in found.values() if row.until is not None), default=None)


def _rendered(view: Any, keys: Sequence[int]) -> Mapping[int, bytes]:
    rows = view.rows_of(keys)
    return dict(zip((row.pk for row in rows), map(written, view.shown_in_list(rows)), strict=True))
