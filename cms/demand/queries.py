"""What is searched for: words that may be kept, counted by their digest until they are frequent.

Kept are words without personal data, asked often enough on enough days (settings). Until then their text stands
nowhere but, for minutes, in the file of lines.
"""

from __future__ import annotations

import hmac
import unicodedata
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.utils import timezone

from rules.han import to_simplified
from rules.personal_data import find_personal_data

from .lines import SEARCH, Asked, note
from .models import TEXT_LENGTH, Query, RareSearches, Searches
from .readers import is_reader

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

# Numbers of people, accounts, houses: what has as many digits is no word.
DIGITS = 6
WORDS = "q"

Searched = dict[tuple["date", str], Asked]


def note_search(request: HttpRequest, query: str, found: int) -> None:
    """Leave a line for a search of a reader, unless the words must not be kept. `found` holds all that was asked."""
    # What narrows a search, or leads further down its results, is the same search again.
    is_again = any(value for name, value in request.GET.items() if name != WORDS)
    if is_again or not settings.COUNT_DEMAND or not is_reader(request):
        return
    if text := keepable(query):
        note(SEARCH, f"{found} {text}")


def keepable(query: str) -> str:
    """Return a query in one way of writing; "" for one that must not be kept."""
    text = unicodedata.normalize("NFKC", query).casefold()
    text = to_simplified(" ".join("".join(each if each.isprintable() else " " for each in text).split()))
    if not text or len(text) > TEXT_LENGTH or "@" in text:
        return ""
    if sum(each.isdigit() for each in text) >= DIGITS or find_personal_data(text):
        return ""
    return text


def digest(text: str) -> str:
    """Return what stands for words that are not kept; without our secret nobody finds it out by trying words."""
    return hmac.new(f"demand {settings.SECRET_KEY}".encode(), text.encode(), sha256).hexdigest()


def add_searches(searches: Searched) -> None:
    """Add searches to their days; words that have become frequent are kept from now on, with the days so far."""
    # nginx's own files hold none; a line that somebody else wrote is screened like what is asked.
    searches = {(day, text): asked for (day, text), asked in searches.items() if keepable(text) == text}
    if not searches:
        return
    kept = {query.text: query for query in Query.objects.filter(text__in={text for _day, text in searches})}
    rare = {(digest(text), day): asked for (day, text), asked in searches.items() if text not in kept}
    _add(RareSearches, "digest", rare)
    _add(Searches, "query_id", {(kept[text].pk, day): asked for (day, text), asked in searches.items() if text in kept})
    _keep_frequent({digest(text): text for _day, text in searches if text not in kept})


def _add(model: Any, column: str, searches: dict[tuple[Any, date], Asked]) -> None:
    wanted = Q(**{f"{column}__in": {key for key, _day in searches}}, day__in={day for _key, day in searches})
    rows = {(getattr(row, column), row.day): row for row in model.objects.filter(wanted)} if searches else {}
    new = []
    for (key, day), asked in searches.items():
        row = rows.get((key, day))
        if row is None:
            new.append(model(**{column: key}, day=day, number=asked.number, missed=asked.missed, found=asked.found))
            continue
        row.number, row.missed, row.found = row.number + asked.number, row.missed + asked.missed, asked.found
    model.objects.bulk_update(rows.values(), ["number", "missed", "found"])
    model.objects.bulk_create(new)


def _keep_frequent(texts: dict[str, str]) -> None:
    """Keep the words that were asked often enough, on enough days, within the window."""
    since = timezone.localdate() - timedelta(days=settings.DEMAND_QUERY_WINDOW)
    rows = RareSearches.objects.filter(digest__in=texts, day__gte=since)
    frequent = (
        rows.values("digest")
        .annotate(number_of_all=Sum("number"), days=Count("day"))
        .filter(number_of_all__gte=settings.DEMAND_QUERY_MIN, days__gte=settings.DEMAND_QUERY_DAYS)
    )
    known = [each["digest"] for each in frequent]
    if not known:
        return
    queries = {each: Query.objects.create(text=texts[each]) for each in known}
    moved = RareSearches.objects.filter(digest__in=known)
    Searches.objects.bulk_create(
        Searches(query=queries[row.digest], day=row.day, number=row.number, missed=row.missed, found=row.found)
        for row in moved
    )
    moved.delete()
