"""长者模式: large type, chosen by address (`?mode=elder`) and remembered without knowing who reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

# The script of the page reads and writes the same cookie, so that a switch needs no answer from here.
COOKIE = PARAMETER = "mode"
ELDER = "elder"
MODES = (ELDER, "standard")
ONE_YEAR = 365 * 24 * 60 * 60


def asked_mode(request: HttpRequest) -> str:
    """Return the mode the address asks for; empty when it asks for none that there is."""
    mode = request.GET.get(PARAMETER, "")
    return mode if mode in MODES else ""


def reads_large(request: HttpRequest) -> bool:
    """Is this page read in large type? The address wins, then what was chosen before."""
    return (asked_mode(request) or request.COOKIES.get(COOKIE)) == ELDER


class ReadingModeMiddleware:
    """Remember the mode for the links that follow: they do not carry the parameter."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve, then set the cookie; it holds one word about type, nothing about a person."""
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))
            if mode := asked_mode(request):
                # Not HttpOnly: see COOKIE.
                response.set_cookie(COOKIE, mode, max_age=ONE_YEAR, samesite="Lax")
        return response
