"""A list put together of rows that are ready; what is not is rendered as ever. The bytes are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from .shelf import narrowed, shelf_for, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .shelf import Shelf


def shelf_of(view: Any) -> Shelf | None:
    """Return the shelf the view's list can be put together from, None where it must be rendered.

    A search brings its own rows. Rows that have no language are kept in that of the source alone.
    """
    if "search" in view.asked:
        return None
    if view.language != settings.LANGUAGE_CODE and not hasattr(view.model, "locale_id"):
        return None
    return shelf_for(view.request._request)


def put_together(view: Any, shelf: Shelf, keys: Sequence[int], names: Sequence[str]) -> list[bytes]:
    """Return the rows with these keys in their order, each with the fields of these names."""
    listed = [name for name in view.available() if name not in view.listing_omits]
    kept = listed if set(names) <= set(listed) else list(view.available())
    ready = dict(shelf.rows(view.endpoint, keys, whole=kept is not listed)) if keys else {}
    if names != kept:
        ready = {key: narrowed(row, set(names)) for key, row in ready.items()}
    missing = [key for key in keys if key not in ready]
    if missing:
        ready |= _rendered(view, missing)
    # One that left the public between two questions is shown no more.
    return [ready[key] for key in keys if key in ready]


def _rendered(view: Any, keys: Sequence[int]) -> Mapping[int, bytes]:
    rows = list(view.dressed(view.get_queryset().filter(pk__in=keys)))
    return dict(zip((row.pk for row in rows), map(written, view.shown_in_list(rows)), strict=True))
