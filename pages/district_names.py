"""What the districts are called, by division code (GB/T 2260)."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from wagtail.models import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

_named: ContextVar[dict[str, list[str]] | None] = ContextVar("district_names", default=None)


def names_of_district(code: str) -> list[str]:
    """Return the titles of a district in the languages it has. One query."""
    named = _named.get()
    if named is not None and code in named:
        return named[code]
    districts = Page.objects.filter(organisationpage__districtpage__isnull=False, organisationpage__division_code=code)
    found = list(districts.order_by("pk").values_list("title", flat=True)) if code else []
    if named is not None:
        named[code] = found
    return found


@contextmanager
def naming_once() -> Iterator[None]:
    """Within, ask for each district once, however many organisations it has. None may change meanwhile."""
    token = _named.set({})
    try:
        yield
    finally:
        _named.reset(token)
