"""What browsers may load into the pages of the map, and who may frame them."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings

from .tiles import origins

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    View = Callable[..., HttpResponse]


def content_policy(ancestors: list[str]) -> str:
    """Return the policy: everything from this site, pictures also from the provider of the map."""
    parts = {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", *origins()],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ancestors,
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in parts.items())


def guarded(view: View) -> View:
    """Send the policy with an answer; only this site may frame it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Content-Security-Policy"] = content_policy(["'self'"])
        return response

    return answer


def embeddable(view: View) -> View:
    """Send the policy with an answer that other sites may frame, those that the setting names."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Content-Security-Policy"] = content_policy(["'self'", *settings.MAP_EMBED_ANCESTORS])
        # The older header knows no list, and would refuse those whom the policy allows.
        response.xframe_options_exempt = bool(settings.MAP_EMBED_ANCESTORS)
        return response

    return answer
