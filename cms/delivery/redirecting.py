"""Old addresses lead to the new ones, where somebody has said so or a page has moved (Wagtail's redirects).

Wagtail's own middleware knows neither /zh-hant/ nor what may not be told: a redirect to a draft would show its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import HttpResponseRedirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from cms.api.public import PublicView

from .traditional import SCRIPT_PREFIX, is_traditional

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

# They answer in their own words where nothing is.
NOT_OURS = ("/admin/", "/api/", "/static/", "/media/", "/documents/", "/draft/", "/exports/")
# Longer paths no redirect can have.
LONGEST = 255


class RedirectMiddleware:
    """Asks only where nothing was found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve, or lead on."""
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"} or _is_not_ours(request):
            return response
        row = _found(request)
        if row is None or not row.link:
            return response
        # Two people may change where it leads: nobody keeps the answer.
        answer = HttpResponseRedirect(row.link, status=301 if row.is_permanent else 302)
        answer.headers["Cache-Control"] = "no-cache"
        return answer


def _is_not_ours(request: HttpRequest) -> bool:
    return request.path_info.startswith(NOT_OURS) or "\x00" in request.path_info


def _found(request: HttpRequest) -> Any:
    """Return the redirect: one for the whole address before one for its path, one of this site before one of all."""
    full = request.get_full_path()
    if is_traditional(request):
        full = full.removeprefix(SCRIPT_PREFIX)
    paths = list(dict.fromkeys(Redirect.normalise_path(each) for each in (full, full.partition("?")[0])))
    wanted = [each for each in paths if len(each) <= LONGEST and "\x00" not in each]
    if not wanted:
        return None
    of_site = Q(site=Site.find_for_request(request)) | Q(site=None)
    rows = PublicView().redirects().filter(of_site, old_path__in=wanted).select_related("redirect_page")
    return min(rows, key=lambda row: (wanted.index(row.old_path), row.site_id is None), default=None)
