"""What caches may keep: the public's answers, to be asked about each time; nothing personal, nothing of the admin."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from .traditional import SCRIPT_PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

# Kept by whoever likes, asked about each time: from the moment something is withdrawn nobody shows it any more.
PUBLIC, PERSONAL, NEVER = "public, no-cache", "private, no-cache", "no-store"
ERROR = "no-cache"
# Tools: what they answer is for one person, or for a machine of ours.
TOOLS = ("/admin/", "/draft/", "/healthz", "/readyz")
# Reads no session, so that whoever is signed in gets what everybody gets.
IMPERSONAL = ("/api/",)


class ValidatorMiddleware:
    """Say what may be kept, give each public answer a validator, and answer 304 to those who have it already.

    Stands outside of everything that changes an answer: the validator is that of the bytes that leave. There is no
    answer by date alone: a page changes with its unit's name, the menu and the clock, not only with its own dates.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.gzip = GZipMiddleware(lambda request: request)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve, then look at the answer."""
        path = request.path_info.removeprefix(SCRIPT_PREFIX)
        response: Any = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = _policy(request, response, path)
        if response["Cache-Control"] != PUBLIC:
            return response
        _forget_accepted_languages(response)
        if response.streaming or request.method not in {"GET", "HEAD"}:
            return response
        if not response.has_header("ETag"):
            response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
        if settings.COMPRESS_RESPONSES:
            response = self.gzip.process_response(request, response)
        return _if_changed(request, response)


def _policy(request: HttpRequest, response: HttpResponseBase, path: str) -> str:
    if path.startswith(TOOLS):
        return NEVER
    is_known = "HTTP_AUTHORIZATION" in request.META or settings.SESSION_COOKIE_NAME in request.COOKIES
    if response.cookies or (is_known and not path.startswith(IMPERSONAL)):
        return PERSONAL
    return PUBLIC if response.status_code == 200 else ERROR


def _forget_accepted_languages(response: Any) -> None:
    """Drop a header that would part all caches by the browsers' settings: the language follows from the address."""
    named = [name.strip() for name in response.get("Vary", "").split(",")]
    kept = [name for name in named if name and name.lower() != "accept-language"]
    del response["Vary"]
    if kept:
        patch_vary_headers(response, kept)


def _if_changed(request: HttpRequest, response: Any) -> HttpResponseBase:
    """Empty the answer for those who have it; what else it says (to other sites, of limits) stays."""
    # No other condition: those by date are explained above, those for writing are no business of readers.
    known = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    if known == ["*"] or response["ETag"].removeprefix("W/") in {each.removeprefix("W/") for each in known}:
        response.status_code, response.content = 304, b""
        for name in ("Content-Type", "Content-Length", "Content-Encoding"):
            del response[name]
    return response
