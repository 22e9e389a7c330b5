"""What may be meant while somebody is typing: names of what is public, and words; never what others asked."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.http import JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ledger.origin import client_address
from pages.presentation import Reader
from rules.han import to_simplified
from rules.pinyin import typed

from .found import MODELS, Search
from .models import Term
from .vocabulary.looking import beginning, written

if TYPE_CHECKING:
    from django.http import HttpRequest

MOST, LOOKED_AT = 8, 40
# The same for everybody, so it may be kept on the way.
KEPT_SECONDS = 300
# So often may one address ask in a minute: faster than anybody types.
MOST_ASKED, WINDOW = 120, 60
LONGEST = 40


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer with at most eight texts to go on with."""
    if _asks_too_often(request):
        return JsonResponse({"detail": _("问得太快，请稍后再试。")}, status=429, headers={"Retry-After": str(WINDOW)})
    asked = to_simplified(request.GET.get("q", "")[:LONGEST].replace("\x00", " ").strip())
    response = JsonResponse({"suggestions": suggestions(asked, Reader(request)) if len(asked) > 1 else []})
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response


def suggestions(asked: str, reader: Reader) -> list[str]:
    """Return the names that begin as typed, in characters, pinyin or first letters. At most five queries."""
    letters, text = typed(asked), written(asked)
    if not text:
        return []
    wanted = beginning("text", text)
    if len(letters) > 1:
        wanted |= beginning("pinyin", letters) | beginning("initials", letters)
    terms = list(Term.objects.filter(wanted).order_by("-weight", "text")[:LOOKED_AT])
    public = _public(terms, reader)
    shown = [term.title or term.text for term in terms if not term.model or (term.model, term.key) in public]
    return list(dict.fromkeys(shown))[:MOST]


def _public(terms: list[Term], reader: Reader) -> set[tuple[str, Any]]:
    found = Search("", reader)
    keys: dict[str, list[int]] = {}
    for term in terms:
        keys.setdefault(term.model, []).append(term.key or 0)
    return {
        (subject, key)
        for subject, among in keys.items()
        if subject in MODELS
        for key in found.named(MODELS[subject], among)
    }


def _asks_too_often(request: HttpRequest) -> bool:
    key = f"suggest:{client_address(request)}:{int(time.time() // WINDOW)}"
    cache.add(key, 0, WINDOW * 2)
    try:
        return int(cache.incr(key)) > MOST_ASKED
    except ValueError:
        # Thrown out in between.
        return False
