"""Which function presents which page type."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest


@singledispatch
def present(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Return what the template of a page shows within its frame.

    A page type registers its own function (`@present.register(UnitPage)`); a subclass without one uses its parent's,
    so an industry's page type needs nothing and may still have its own.
    """
    return {}
