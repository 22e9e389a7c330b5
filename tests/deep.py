"""Where a long list is, without reading it up to there."""

from __future__ import annotations

from types import SimpleNamespace

from cms.api.endpoints.disclosures import DisclosuresAPIViewSet
from cms.api.keyset import MARK, Cursors, Term
from pages.models import DisclosurePage, PublicationRecord


def cursor_behind(number: int) -> str:
    """Return the cursor of the unfiltered list of disclosures that stands behind so many of them."""
    terms = [
        Term.of(DisclosurePage, "record__first_published_at", descending=True),
        Term.of(DisclosurePage, "pk", descending=True),
    ]
    records = PublicationRecord.objects.filter(is_public=True, page__disclosurepage__isnull=False)
    row = records.order_by("-first_published_at", "-page_id").values_list("first_published_at", "page_id")[number]
    marks = {f"{MARK}{number}": value for number, value in enumerate(row)}
    return Cursors(DisclosuresAPIViewSet.endpoint, {}, terms).write(SimpleNamespace(**marks))
