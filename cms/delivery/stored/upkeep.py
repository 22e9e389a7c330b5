"""Store ahead of the readers, and compare what is stored with what would be rendered now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.urls import reverse
from wagtail.models import Page

from cms.api.urls import ENDPOINTS, NAMESPACE

from ..models import Era, PublicObject, StoredList, StoredRead
from . import eras, lists
from .inside import Inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

CHUNK = 500
# Up to which read the last run came.
BEHIND = "stored_reads_behind"
# What an address says under which nothing public stands any more; a failure of the moment says nothing of that.
GONE = {301, 302, 308, 404, 410}
PAGE_ENDPOINTS = frozenset(str(view.endpoint) for view in ENDPOINTS if issubclass(view.model, Page))


@dataclass(frozen=True)
class Difference:
    """A stored answer that is not what would be rendered."""

    address: str
    variant: str
    status: int
    # Where the two part, in bytes from the beginning.
    at: int


def current_eras() -> set[str]:
    """Return the eras of what may be sent now."""
    era = Era.objects.get()
    return {eras.of_page(era.frame, era.content), eras.of_row(era.frame, era.content)}


def stale() -> QuerySet[StoredRead]:
    """Return what somebody asked for once, and what is not ready to be sent now."""
    return StoredRead.objects.exclude(is_fresh=True, era__in=current_eras())


def store_again(most: int) -> int:
    """Store some of what is stale; return how many. An address that answers no more is forgotten.

    Goes on behind the last one of the time before, and from the beginning at the end: what answers, but is never
    kept, holds up nothing.
    """
    inside, stored = Inside(), 0
    rows = list(_stale_behind(cache.get(BEHIND, 0), most) or _stale_behind(0, most))
    cache.set(BEHIND, rows[-1][0] if rows else 0)
    for pk, address, variant in rows:
        status = inside.ask(address, variant).status_code
        if status in GONE:
            stale().filter(pk=pk).delete()
        stored += status == 200
    return stored


def _stale_behind(pk: int, most: int) -> QuerySet[Any, Any]:
    return stale().filter(pk__gt=pk).order_by("pk").values_list("pk", "address", "variant")[:most]


def store_everything() -> Iterator[str]:
    """Store the answers about all public objects; yield each address that was asked."""
    inside = Inside()
    for address in _addresses():
        # The first time it is written down what it rests on; then it is kept.
        for _time in range(2):
            inside.ask(address)
        yield address


def _addresses() -> Iterator[str]:
    last = 0
    while rows := list(PublicObject.objects.filter(is_public=True, pk__gt=last).order_by("pk")[:CHUNK]):
        pages = {page.pk: page for page in Page.objects.filter(pk__in=[row.key for row in rows])}
        for row in rows:
            yield reverse(f"{NAMESPACE}:{row.endpoint}:detail", args=[row.key])
            if row.endpoint in PAGE_ENDPOINTS and row.key in pages and (parts := pages[row.key].get_url_parts()):
                yield parts[2]
        last = rows[-1].pk


def differences() -> Iterator[Difference | None]:
    """Render everything that would be sent now, and yield where it is not what is stored; None where it is."""
    inside, last = Inside(), 0
    ready = StoredRead.objects.filter(is_fresh=True, era__in=current_eras())
    while rows := list(ready.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        for row in rows:
            yield _compared(inside.ask(row.address, row.variant), inside, row.address, row.variant)
        last = rows[-1].pk
    for address in list(StoredList.objects.order_by("pk").values_list("address", flat=True)):
        if (kept := lists.find(address).answer) is not None:
            yield _compared(kept, inside, address)


def _compared(kept: Any, inside: Inside, address: str, variant: str = "") -> Difference | None:
    now = inside.render(address, variant)
    if (kept.status_code, kept.content) == (now.status_code, now.content):
        return None
    pairs = zip(kept.content, now.content, strict=False)
    at = next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(kept.content), len(now.content)))
    return Difference(address, variant, now.status_code, at)
