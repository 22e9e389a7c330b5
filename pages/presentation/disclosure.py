"""The page of a disclosure: the record, the text, its versions, who answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..models import DisclosurePage, Validity
from .dispatch import present
from .reader import Reader
from .record import base_context

if TYPE_CHECKING:
    from django.http import HttpRequest


@present.register(DisclosurePage)
def disclosure_context(page: DisclosurePage, request: HttpRequest) -> dict[str, Any]:
    """Return the head with its seal, and what all records show."""
    context = base_context(page, Reader(request))
    record = context["record"]
    return {
        **context,
        "seal": record.get_validity_display() if record else "",
        "void": bool(record and record.validity != Validity.IN_FORCE),
        "version": next((each["number"] for each in context["versions"] if each["current"]), None),
    }
