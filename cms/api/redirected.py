"""Redirects to what was public once: what is told of it, and of which of them anything is told at all."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from wagtail.models import Page

from pages.models import PageWithdrawal, PublicationRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from accounts.withdrawable import Withdrawn

# Each table keeps one row for the source-language page.
TOLD = (PublicationRecord, PageWithdrawal)


def withdrawn_pages() -> Any:
    """Return the pages that left the public with a word about it, and their translations."""
    found = Q()
    for model in TOLD:
        rows = model.objects.exclude(withdrawal_kind="").exclude(page=None)
        found |= Q(translation_key__in=rows.values("page__translation_key"))
    return Page.objects.filter(found, live=False)


def last_words(pages: Iterable[Page]) -> dict[int, Withdrawn]:
    """Return what is told of pages that are not public, by their number: two queries for all of them."""
    of_key: dict[Any, list[int]] = {}
    for page in pages:
        of_key.setdefault(page.translation_key, []).append(page.pk)
    if not of_key:
        return {}
    rows: Iterator[Any] = chain.from_iterable(
        model.objects.filter(page__translation_key__in=of_key)
        .exclude(withdrawal_kind="")
        .select_related("page", "withdrawn_by", "withdrawn_to")
        for model in TOLD
    )
    return {key: row for row in rows if row.page is not None for key in of_key[row.page.translation_key]}
