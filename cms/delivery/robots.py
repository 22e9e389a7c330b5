"""robots.txt: everything public may be read; tools and endless lists of results need not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from .languages import PREFIX
from .traditional import SCRIPT_PREFIX

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Serve robots.txt."""
    # Answers to questions: a crawler would ask for ever, and a route planner with it.
    asked = ("search/", "map/?", "map/route/", "mine/?")
    searches = [f"{prefix}/{address}" for prefix in ("", PREFIX, SCRIPT_PREFIX) for address in asked]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ["/admin/", *searches]),
        # The same page in large type.
        "Disallow: /*?mode=",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
