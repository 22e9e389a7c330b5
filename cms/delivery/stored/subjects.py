"""What an answer that was just rendered is about; nothing for answers that are not kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from ..languages import served_page
from . import dependencies

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

HTML, JSON = "text/html", "application/json"
DETAIL = "detail"


@dataclass(frozen=True)
class Subject:
    """A page, or a row shown by an endpoint of the API."""

    row: Any
    endpoint: str = ""
    # What a generated page below `row` is about, such as the guide to a service item.
    about: Any = None

    @property
    def is_page(self) -> bool:
        """Is it read by people?"""
        return not self.endpoint

    def grounds(self, since: datetime) -> dependencies.Grounds:
        """Return what the answer rests on that began to be rendered then; the clock has gone on since."""
        if self.is_page:
            return dependencies.of_page(self.row, since, self.about)
        return dependencies.of_row(self.row, since)


def of_request(request: HttpRequest, response: Any) -> Subject | None:
    """Return what was served, where it is what everybody gets."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return None
    match = request.resolver_match
    kind = response.get("Content-Type", "").partition(";")[0]
    if match is None:
        return None
    if kind == HTML and match.url_name == "wagtail_serve":
        page: Any = served_page(request)
        about = getattr(response, "about", None)
        is_kept = page is not None and _is_for_everybody(page, request)
        return Subject(page.specific, about=about) if is_kept else None
    if kind == JSON and match.url_name == DETAIL and len(match.namespaces) > 1:
        row = getattr(response, "row", None)
        return Subject(row, match.namespaces[-1]) if row is not None and _is_public(row) else None
    return None


def _is_for_everybody(page: Page, request: HttpRequest) -> bool:
    """Only what a stranger was shown is kept: who is signed in may be shown a page that others are not."""
    is_known = settings.SESSION_COOKIE_NAME in request.COOKIES
    return page.live and not is_known and not page.get_view_restrictions().exists()


def _is_public(row: Any) -> bool:
    """Is it public by itself? Of a picture or file nobody tells when the last page that shows it has gone."""
    if isinstance(row, AbstractImage | AbstractDocument):
        return False
    return bool(getattr(row, "live", True)) and (not isinstance(row, Page) or row.specific_class is not None)
