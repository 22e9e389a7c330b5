"""Traditional Chinese under /zh-hant/: the same pages, converted on the way out (no page copies)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.urls import get_script_prefix, set_script_prefix

from rules.han import to_simplified, to_traditional

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

SCRIPT_PREFIX = "/zh-hant"
# What is read as text. Tables convert themselves row by row (pages.exports), since they are streamed.
CONVERTED_TYPES = {
    "text/html",
    "text/csv",
    "text/plain",
    "application/json",
    "application/problem+json",
    "application/ld+json",
    "application/geo+json",
    "application/vnd.oai.openapi+json",
    "application/atom+xml",
}
# The admin is a tool, not a publication; English is no Chinese.
NOT_MOUNTED = ("admin", "en", "zh-hant")
# Files keep their bytes.
NOT_CONVERTED = ("/documents/", "/media/", "/static/")
# Characters beyond ASCII, as they stand in a query string.
ENCODED = re.compile("(?:%[89A-Fa-f][0-9A-Fa-f])+")


def is_traditional(request: HttpRequest) -> bool:
    """Is this request read in Traditional Chinese?"""
    return bool(getattr(request, "is_traditional", False))


class TraditionalMiddleware:
    """Mount the whole public site a second time under /zh-hant/ and convert what comes out.

    The prefix is a script prefix: every address the site builds (`reverse`, page URLs) carries it by itself, while
    routing and language see the plain path. Whoever stores rendered bytes or addresses keeps the two apart.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve one request, under the prefix or not."""
        if request.path_info == SCRIPT_PREFIX:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{request.path}/{'?' if query else ''}{query}")
        inner = request.path_info.removeprefix(SCRIPT_PREFIX)
        if inner == request.path_info or not inner.startswith("/") or inner.split("/")[1] in NOT_MOUNTED:
            return self.get_response(request)
        outer = get_script_prefix()
        prefix = f"{outer.rstrip('/')}{SCRIPT_PREFIX}"
        request.path_info, request.META["SCRIPT_NAME"] = inner, prefix
        request.META["QUERY_STRING"] = simplified_query(request.META.get("QUERY_STRING", ""))
        request.is_traditional = True  # type: ignore[attr-defined]
        set_script_prefix(f"{prefix}/")
        try:
            response = self.get_response(request)
        finally:
            set_script_prefix(outer)
        return response if inner.startswith(NOT_CONVERTED) else converted(response)


def converted(response: HttpResponseBase) -> HttpResponseBase:
    """Convert the text of a response; files and what is streamed stay as they are."""
    kind = response.get("Content-Type", "").split(";")[0].strip().lower()
    if kind not in CONVERTED_TYPES:
        return response
    response["Content-Language"] = "zh-Hant"
    if response.streaming:
        return response
    text = response.content.decode(response.charset or "utf-8")  # type: ignore[attr-defined]
    response.content = to_traditional(text, settings.TRADITIONAL_CONVERSION)  # type: ignore[attr-defined]
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]
    return response


def simplified_query(query: str) -> str:
    """Write the Chinese of a query string in Simplified characters: everything is stored in them.

    So whoever reads Traditional may search and filter in it. What is no UTF-8 stays, for the view to refuse.
    """
    return ENCODED.sub(_simplified, query)


def _simplified(match: re.Match[str]) -> str:
    try:
        return quote(to_simplified(unquote(match[0], errors="strict")))
    except UnicodeDecodeError:
        return match[0]
