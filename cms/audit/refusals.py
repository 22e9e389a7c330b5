"""Which refusals are written down: the first of each kind, and never a flood of them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext

from ledger.origin import origin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

REFUSED, MISSED, FLOODED = "access.refused", "access.missed", "access.flooded"
HOUR = 3600
# Of one person in an hour; whoever tries more is trying numbers.
MOST = 100


def refusal_of(request: HttpRequest, response: HttpResponse) -> str:
    """Return the kind of event that the answer is; "" where nobody was refused.

    A screen of the admin answers 404 for what is not there and for what is not this person's, so that nobody learns
    which: both are written down, as what was not found.
    """
    if response.status_code == 403 or _was_sent_home(request, response):
        return REFUSED
    return MISSED if response.status_code == 404 and _asks_for_an_object(request) and not _is_told() else ""


def worth_recording(request: HttpRequest, kind: str) -> str:
    """Return the kind to record, "" for what was recorded within the hour: once each person, screen and object.

    No query: the counts stand in the cache.
    """
    user = request.user.pk
    # An address may be long, and hold anything.
    place = sha256(f"{request.method}:{request.path}".encode()).hexdigest()
    if not cache.add(f"refusal:{user}:{kind}:{place}", 1, HOUR):
        return ""
    counter = f"refusals:{user}"
    cache.add(counter, 0, HOUR)
    try:
        count = cache.incr(counter)
    except ValueError:
        # Ran out between the two.
        count = 1
    if count > MOST:
        return ""
    return FLOODED if count == MOST else kind


def _was_sent_home(request: HttpRequest, response: HttpResponse) -> bool:
    """Wagtail's admin answers PermissionDenied with a redirect to the start page and a message."""
    if response.status_code != 302 or response.get("Location") != reverse("wagtailadmin_home"):
        return False
    sentence = escape(gettext("Sorry, you do not have permission to access this area."))
    told = getattr(getattr(request, "_messages", None), "_queued_messages", [])
    return any(sentence in str(message) for message in told)


def _asks_for_an_object(request: HttpRequest) -> bool:
    """Is this a screen of the admin about one thing, named by its number?"""
    found: Any = request.resolver_match
    return request.path.startswith(reverse("wagtailadmin_home")) and bool(found and (found.kwargs or found.args))


def _is_told() -> bool:
    """Has the view recorded the refusal itself, knowing more of it?"""
    return any(kind.endswith(".refused") for kind in origin().kinds)
