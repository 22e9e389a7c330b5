"""Traditional Chinese under /zh-hant/: the same pages, converted on the way out (no page copies)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import set_script_prefix

from rules.han import to_traditional

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

SCRIPT_PREFIX = "/zh-hant"
CONVERTED_TYPES = ("text/html", "application/json", "application/atom+xml", "application/ld+json", "text/csv")
# The admin is a tool, not a publication; files keep their bytes.
NOT_MOUNTED = ("/admin/", "/documents/", "/media/", "/static/", "/en/", "/zh-hant/")


def is_traditional(request: HttpRequest) -> bool:
    """Is this request read in Traditional Chinese?"""
    return bool(getattr(request, "is_traditional", False))


class TraditionalMiddleware:
    """Mount the whole public site a second time under /zh-hant/ and convert what comes out.

    The prefix is a script prefix: every address the site builds (`reverse`, page URLs) carries it by itself, while
    routing and language see the plain path.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve one request, under the prefix or not."""
        inner = request.path_info.removeprefix(SCRIPT_PREFIX)
        if inner == request.path_info or not (inner == "" or inner.startswith("/")) or inner.startswith(NOT_MOUNTED):
            return self.get_response(request)
        request.path_info = inner or "/"
        request.META["SCRIPT_NAME"] = SCRIPT_PREFIX
        request.is_traditional = True  # type: ignore[attr-defined]
        set_script_prefix(f"{SCRIPT_PREFIX}/")
        try:
            response = self.get_response(request)
            return self._convert(response)
        finally:
            set_script_prefix("/")

    def _convert(self, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.get("Content-Type", "").split(";")[0]
        if response.streaming or kind not in CONVERTED_TYPES:
            return response
        text = response.content.decode(response.charset or "utf-8")  # type: ignore[attr-defined]
        response.content = to_traditional(text, settings.TRADITIONAL_CONVERSION)  # type: ignore[attr-defined]
        if response.has_header("Content-Length"):
            response["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]
        response["Content-Language"] = "zh-Hant"
        return response
