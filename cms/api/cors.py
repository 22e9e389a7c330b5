"""Let pages of other sites read the API in the browser (`API_CORS_ORIGINS`)."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

EVERYBODY = "*"
SHOWN = "ETag, Retry-After, RateLimit, RateLimit-Policy"
METHODS = "GET, HEAD, OPTIONS"
PREFLIGHT_SECONDS = 86_400


def readable_from_elsewhere(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Add the headers a browser asks for to every answer of a view, errors and preflights too."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if EVERYBODY in settings.API_CORS_ORIGINS:
            response["Access-Control-Allow-Origin"] = EVERYBODY
        else:
            patch_vary_headers(response, ["Origin"])
            if (origin := request.headers.get("Origin", "")) in settings.API_CORS_ORIGINS:
                response["Access-Control-Allow-Origin"] = origin
        if response.has_header("Access-Control-Allow-Origin"):
            response["Access-Control-Expose-Headers"] = SHOWN
        if request.method == "OPTIONS" and response.has_header("Access-Control-Allow-Origin"):
            response["Access-Control-Allow-Methods"] = METHODS
            response["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
            response["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
        return response

    return wrapped
