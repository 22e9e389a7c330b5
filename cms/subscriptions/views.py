"""The pages of a subscription: ask, confirm, end. None tells whether an address is subscribed; none is kept by caches.

Whoever sends these forms from elsewhere gains nothing: there is no session behind them, and all they cause is a mail
that asks its reader. So they need no token, and the page of the form sets no cookie.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.delivery.traditional import is_traditional
from cms.mine.choice import chosen
from cms.mine.views import frame, names
from cms.proof_of_work.task import is_solved
from ledger.origin import client_address
from pages.presentation import Reader

from . import service
from .forms import SubscribeForm
from .links import BrokenError, ExpiredError, read_out
from .news import TRADITIONAL

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

HOUR = 3600
read_and_sent = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@read_and_sent
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for an address; whatever is known of it, the answer is the same."""
    choice = chosen(request.GET)
    if not choice:
        return HttpResponseRedirect(reverse("mine"))
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "names": names(choice, Reader(request)), "problems": choice.problems}
    if request.method != "POST":
        return _page(request, "form", context)
    if not form.is_valid():
        return _page(request, "form", context, 400)
    if not _may_ask(request):
        return _page(request, "often", context, 429)
    language = TRADITIONAL if is_traditional(request) else get_language() or settings.LANGUAGE_CODE
    given = form.cleaned_data
    service.ask(service.Wish(given["email"], choice.query, given["cadence"], language, given["urgent"]))
    return _page(request, "asked", context)


@csrf_exempt
@read_and_sent
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a link begins; begin it when the button is pressed, for programs open links as well."""
    try:
        if request.method == "POST":
            return _page(request, "confirmed", {"subscription": service.confirm(token)})
        return _page(request, "confirm", {"subscription": service.pending(token)})
    except ExpiredError:
        return _page(request, "expired", {}, 410)
    except BrokenError:
        return _page(request, "broken", {}, 404)


@csrf_exempt
@read_and_sent
def out(request: HttpRequest, token: str) -> HttpResponse:
    """End a subscription: by the button, or by the one click of a mail program (RFC 8058)."""
    try:
        if request.method == "POST":
            service.end(token)
            return _page(request, "ended", {})
        read_out(token)
        return _page(request, "out", {})
    except BrokenError:
        return _page(request, "broken", {}, 404)


def _page(request: HttpRequest, state: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    shown = {**frame(request, _("邮件订阅")), "robots": "noindex", "state": state, **context}
    response = TemplateResponse(request, "subscriptions/page.html", shown, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _may_ask(request: HttpRequest) -> bool:
    """Has this client asked seldom enough within the hour? Who brings no proof of work may ask less often."""
    client = client_address(request)
    if not is_solved(request) and not _is_within(settings.SUBSCRIPTIONS_UNPROVEN, f"subscriptions:unproven:{client}"):
        return False
    return _is_within(settings.SUBSCRIPTIONS_PER_CLIENT, f"subscriptions:{client}")


def _is_within(most: int, key: str) -> bool:
    """Count once more; a cache that is away stops nobody."""
    if not most:
        return True
    try:
        cache.add(key, 0, HOUR)
        return int(cache.incr(key)) <= most
    except Exception:
        # Whatever a backend raises when it is away.
        return True
