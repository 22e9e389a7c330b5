"""The stored answers about single rows, handed to the API's lists: one query for all rows of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.urls import reverse

from cms.api.shelf import Ready
from cms.api.urls import NAMESPACE

from ..traditional import is_traditional
from . import eras, totals
from .inside import FRESH
from .reading import is_in_time, moment

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from django.http import HttpRequest

QUERY = """
SELECT e.frame, e.content, r.address, r.era, r.fresh_until, {column}
FROM delivery_storedread r CROSS JOIN delivery_era e
WHERE r.address IN ({marks}) AND r.variant = '' AND r.is_fresh
"""


class StoredRows:
    """What is stored of rows. Addresses under /zh-hant/ are other ones, so its lists are rendered."""

    def serves(self, request: HttpRequest) -> bool:
        """Would a detail be stored for this request?"""
        if not settings.STORED_READS or request.META.get(FRESH) or is_traditional(request):
            return False
        return request.get_host() == urlsplit(settings.BASE_URL).netloc

    def rows(self, endpoint: str, keys: Sequence[int], *, whole: bool) -> dict[int, Ready]:
        """Return what is fresh."""
        base = reverse(f"{NAMESPACE}:{endpoint}:listing")
        addresses = {f"{base}{key}/": key for key in keys}
        found = _asked(list(addresses), "r.body" if whole else "COALESCE(r.listed, r.body)")
        return {addresses[address]: ready for address, ready in found}

    def total(self, endpoint: str, language: str, chosen: Mapping[str, Collection[int]]) -> int | None:
        """Return how many rows there are, where that is known."""
        return totals.total(endpoint, language, chosen)


def _asked(addresses: list[str], column: str) -> list[tuple[str, Ready]]:
    query = QUERY.format(column=column, marks=", ".join(["%s"] * len(addresses)))
    with connection.cursor() as cursor:
        cursor.execute(query, addresses)
        rows = cursor.fetchall()
    return [
        (address, Ready(bytes(body), moment(until)))
        for frame, content, address, era, until, body in rows
        if body is not None and era == eras.of_row(frame, content) and is_in_time(until)
    ]
