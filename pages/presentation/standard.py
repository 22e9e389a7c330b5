"""The page of plain text: about, guide, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..models import StandardPage
from .dispatch import present
from .organisation import office_item
from .reader import Reader

if TYPE_CHECKING:
    from django.http import HttpRequest


@present.register(StandardPage)
def standard_context(page: StandardPage, request: HttpRequest) -> dict[str, Any]:
    """Return the other texts of the same organisation, and whom to ask."""
    reader, organisation = Reader(request), page.organisation
    siblings = StandardPage.objects.sibling_of(page, inclusive=False).live().order_by("path")
    return {
        "siblings": [reader.link(each) for each in siblings],
        "office": organisation and office_item(organisation, reader),
    }
