"""Leave a line for each page and each row of the API that the application sends; nginx does so for its own files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings

from cms.delivery.traditional import SCRIPT_PREFIX

from .lines import note
from .models import Way
from .readers import is_reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

SENT = frozenset({200, 304})
API_ROW = re.compile(r"/api/v2/[a-z-]+/[0-9]+/")
# No pages: tools, and what is counted elsewhere or not at all. The addresses of payments are known to the payer alone.
NO_PAGES = ("/admin/", "/api/", "/do/", "/draft/", "/exports/", "/i/", "/map/", "/mine/", "/pay/", "/search/")


class DemandMiddleware:
    """Stands outside of everything that answers, and sees the answer as it leaves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then leave a line."""
        response = self.get_response(request)
        if settings.COUNT_DEMAND and request.method == "GET" and response.status_code in SENT:
            self.note(request)
        return response

    def note(self, request: HttpRequest) -> None:
        """Note what was read, if it was read by a reader or through the API. What it was is found out later."""
        path = request.path_info
        inner = path.removeprefix(SCRIPT_PREFIX).removeprefix("/en")
        if API_ROW.fullmatch(inner):
            # The worker, who stores answers, names no program.
            if request.META.get("HTTP_USER_AGENT"):
                note(Way.API, inner)
        elif path.endswith("/") and not inner.startswith(NO_PAGES) and _is_first_page(request) and is_reader(request):
            note(Way.WEB, path)


def _is_first_page(request: HttpRequest) -> bool:
    """Is it no further leaf of a list that was counted already?"""
    return "page=" not in request.META.get("QUERY_STRING", "")
