"""Addresses that can lead nowhere: numbers that no database holds, letters that no text has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

LARGEST = 2**63 - 1
# Under these names Wagtail takes any text; every row of ours has a number.
KEYS = frozenset({"pk", "object_id"})


class AddressMiddleware:
    """Answer 404 before a view asks the database for what it refuses to look for.

    The API has converters of its own, and its own words.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Look at what the address names."""
        is_api = request.path_info.startswith("/api/")
        if not is_api and any(leads_nowhere(name, value) for name, value in kwargs.items()):
            raise Http404


def leads_nowhere(name: str, value: Any) -> bool:
    """Is there certainly nothing of this name?"""
    if isinstance(value, int):
        return value > LARGEST
    if not isinstance(value, str):
        return False
    return "\x00" in value or (name in KEYS and not (value.isascii() and value.isdecimal() and int(value) <= LARGEST))
