"""Two acts that the database cannot let happen at once: one of them is undone, and the person told to press again.

The order of locks keeps them apart (see `accounts.one_at_a_time`); what it has not thought of is not answered by 500.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

# PostgreSQL: serialization failure, deadlock, lock not available.
COLLISIONS = frozenset({"40001", "40P01", "55P03"})
SQLITE_IS_BUSY = "database is locked"


class CollisionMiddleware:
    """Answer for the transaction that lost: nothing of it is written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Lead back with a sentence where a form of the admin met another one."""
        here = reverse("wagtailadmin_home")
        if not is_collision(exception) or request.method != "POST" or not request.path.startswith(here):
            return None
        messages.warning(request, _("刚好有人同时办理这一件，您的操作没有生效；请核对现在的状态后再试一次。"))
        origin = request.META.get("HTTP_REFERER", "")
        is_ours = url_has_allowed_host_and_scheme(origin, {request.get_host()}, require_https=request.is_secure())
        return HttpResponseRedirect(origin if is_ours else here)


def is_collision(exception: Exception) -> bool:
    """Did the database undo this because of another transaction?"""
    if not isinstance(exception, OperationalError):
        return False
    return getattr(exception.__cause__, "pgcode", None) in COLLISIONS or SQLITE_IS_BUSY in str(exception)
