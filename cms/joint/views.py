"""The pages of the joint search: ours at once, others each in its turn; nothing here waits for another but the parts.

Without script each source is a page of its own, one click away. With script the parts of all sources are fetched, two
at a time, into the page that is already there. The reader's browser asks nobody but this site.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.search.answers import answers
from cms.search.found import Search
from cms.search.rows import Rows
from ledger.origin import client_address
from pages.presentation import Reader
from pages.presentation.places import places
from rules.han import to_simplified

from .asking import BUSY, State, ask
from .blocks import block_of, blocks_of, shown
from .models import OutsideSource
from .personal import personal_kinds

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    View = Callable[..., HttpResponse]

QUERY_LIMIT = 100
OWN = 5
MINUTE = 60
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)
OFTEN = "often"
STATUS = {State.BUSY.value: 503, OFTEN: 429}


class Asked:
    """What was typed: how much of it is used, and whether it may be told to others."""

    def __init__(self, request: HttpRequest) -> None:
        typed = " ".join(request.GET.get("q", "").replace("\x00", " ").split())
        self.words = typed[:QUERY_LIMIT].strip()
        self.is_cut = len(typed) > QUERY_LIMIT
        self.language = get_language() or settings.LANGUAGE_CODE
        self.personal = personal_kinds(typed[: QUERY_LIMIT * 2])

    @property
    def may_be_told(self) -> bool:
        """May the words go to others?"""
        return bool(self.words) and not self.personal


def private(view: View) -> View:
    """Let no cache keep the answer, no page of ours load anything from elsewhere, no other site learn of it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Content-Security-Policy"] = POLICY
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "no-store"
        return response

    return answer


@require_safe
@private
def joint(request: HttpRequest) -> HttpResponse:
    """Show what this portal finds, and a place for each of the others."""
    asked = Asked(request)
    sources = list(OutsideSource.objects.filter(is_active=True))
    blocks = blocks_of(sources, asked.words, asked.language) if asked.may_be_told else []
    context = {
        **_frame(request, asked),
        "page_title": _("站内外联合检索"),
        "blocks": [each for each in blocks if each["is_asked"]],
        "links": [each for each in blocks if not each["is_asked"]],
        "asked_sources": [source for source in sources if source.is_asked],
        **(_own(request, asked.words) if asked.words else {}),
    }
    return TemplateResponse(request, "joint/joint.html", context)


@require_safe
@private
def source(request: HttpRequest, code: str) -> HttpResponse:
    """Ask one source, and show what it answers, on a page of its own."""
    asked, found = Asked(request), _source(code)
    context = {
        **_frame(request, asked),
        "page_title": _("在“%(source)s”中查找") % {"source": found.display_title},
        "place": block_of(found, asked.words, asked.language) if asked.words else None,
        "source": found,
    }
    if not asked.may_be_told or not found.is_asked:
        return TemplateResponse(request, "joint/source.html", context)
    context["outcome"] = outcome = _outcome(request, found, asked)
    return TemplateResponse(request, "joint/source.html", context, status=STATUS.get(outcome["state"], 200))


@require_safe
@private
def part(request: HttpRequest, code: str) -> HttpResponse:
    """Ask one source, and return what it answers, for the script to put into the page."""
    asked, found = Asked(request), _source(code)
    if not asked.may_be_told or not found.is_asked:
        return TemplateResponse(request, "joint/outcome.html", {"outcome": None}, status=400)
    outcome = _outcome(request, found, asked)
    context = {"outcome": outcome, "block": block_of(found, asked.words, asked.language)}
    response = TemplateResponse(request, "joint/outcome.html", context)
    if outcome["state"] == State.BUSY.value:
        # Not yet: no failure, so nothing in front of us puts a page of its own in the place.
        response.status_code = 202
        response["Retry-After"] = "1"
    elif outcome["state"] == OFTEN:
        response.status_code = 429
    return response


def _source(code: str) -> OutsideSource:
    return get_object_or_404(OutsideSource, code=code, is_active=True)


def _outcome(request: HttpRequest, found: OutsideSource, asked: Asked) -> dict[str, Any]:
    if _asks_too_often(request):
        return {"state": OFTEN}
    # A HEAD wants no answer: nobody is asked for it.
    return shown(ask(found, asked.words, asked.language) if request.method == "GET" else BUSY)


def _asks_too_often(request: HttpRequest) -> bool:
    """Has this client asked too often within the minute? A cache that is away stops nobody."""
    most, key = settings.JOINT_SEARCH_PER_CLIENT, f"joint:{client_address(request)}"
    if not most:
        return False
    try:
        cache.add(key, 0, MINUTE)
        return int(cache.incr(key)) > most
    except Exception:
        # Whatever a backend raises when it is away.
        return False


def _frame(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    home = places(request).home
    crumbs = [
        {"title": _("首页"), "url": Reader(request).url(home) if home else "/"},
        {"title": _("搜索"), "url": _with_words(reverse("search"), asked.words)},
        {"title": _("联合检索"), "url": None},
    ]
    return {
        "asked": asked,
        "query": asked.words,
        "limit": QUERY_LIMIT,
        "breadcrumbs": crumbs,
        "robots": "noindex, nofollow",
        # The field of this page asks this page.
        "hide_search": True,
        "joint_url": _with_words(reverse("joint"), asked.words),
    }


def _own(request: HttpRequest, words: str) -> dict[str, Any]:
    """Return the first of our own results, as the search page shows them."""
    found = Search(to_simplified(words), Reader(request))
    total = sum(found.numbers.values())
    best = answers(found)
    objects = list({(type(each), each.pk): each for each in [*best, *list(found.everything()[:OWN])]}.values())[:OWN]
    return {"total": total, "rows": Rows(found).of(objects), "search_url": _with_words(reverse("search"), words)}


def _with_words(address: str, words: str) -> str:
    return f"{address}?{urlencode({'q': words})}" if words else address
