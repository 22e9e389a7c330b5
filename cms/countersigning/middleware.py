"""Stand between a form of public reference data and the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.messages.storage import default_storage
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from .acts import propose
from .rehearsal import is_replaying, rehearse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

# Whatever view writes rows of these, its addresses begin so.
SNIPPETS = (
    "wagtailsnippets_snippets_industry:",
    "wagtailsnippets_snippets_catalogueentry:",
    "wagtailsnippets_snippets_lifeevent:",
    "wagtailsnippets_joint_outsidesource:",
)
ROOMS = frozenset({"snippets", "joint"})
OTHERS = ("wagtailredirects:", "wagtailsites:", "wagtailsettings:")
# Addresses of ours that stand in front of Wagtail's have no name.
UNNAMED = ("admin/redirects/",)
BULK = "wagtail_bulk_action"


def is_countersigned(match: Any) -> bool:
    """Does this address write public reference data?"""
    if match is None:
        return False
    if match.view_name == BULK:
        return match.kwargs.get("app_label") in ROOMS and match.kwargs.get("model_name") != "serviceitem"
    named = match.view_name or ""
    return named.startswith(SNIPPETS + OTHERS) or (not match.url_name and match.route.startswith(UNNAMED))


class CountersigningMiddleware:
    """Rehearse what is posted there; if it would change something public, keep it for a second person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer in the place of the view, where it is one of those."""
        if request.method != "POST" or is_replaying() or not is_countersigned(request.resolver_match):
            return None
        response, changes = rehearse(request, view, args, kwargs)
        if not changes:
            return response
        # What the view said has not happened.
        request._messages = default_storage(request)  # type: ignore[attr-defined]
        proposal = propose(request, changes)
        messages.success(request, _("%(title)s的变更已提交，经第二人复核后生效。") % {"title": proposal.title})
        return redirect("countersigning:list")
