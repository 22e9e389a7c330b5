"""Looking a query up in the vocabulary: as it is written, as it sounds, by first letters, and with one slip."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from django.db import connection
from django.db.models import Q

from rules.near_misses import is_near, keys_of
from rules.pinyin import is_han, reading_of, typed
from rules.segmentation import fold

from ..models import Term

# So many names of one kind are looked at; who finds more must say more.
MOST = 12
# Fewer letters begin too many names.
FEWEST_LETTERS = 3
# A name that only sounds alike at its beginning is meant if so many syllables do.
FEWEST_SYLLABLES = 3
QUERY_LIMIT = 64


def written(text: str) -> str:
    """Write a query as names are kept."""
    return fold(text[:QUERY_LIMIT]).replace(" ", "").replace("\x00", "")


def named(text: str) -> list[Term]:
    """Return the names that were asked for: written so, or typed so in pinyin or first letters. At most two queries."""
    letters = typed(text[:QUERY_LIMIT])
    if not letters:
        return _first(Q(text=written(text))) if written(text) else []
    exact = _first(Q(pinyin=letters) | Q(initials=letters) | Q(text=written(text)))
    return exact or begun(letters)


class Meant:
    """The names a query may stand for, each list looked up once, when it is first asked for."""

    def __init__(self, query: str) -> None:
        self.query = query

    @cached_property
    def named(self) -> list[Term]:
        """Return the names that were asked for."""
        return named(self.query)

    @cached_property
    def corrected(self) -> list[Term]:
        """Return the names that were probably meant."""
        return corrected(self.query)


def begun(letters: str) -> list[Term]:
    """Return the names that begin as typed."""
    if len(letters) < FEWEST_LETTERS:
        return []
    return _first(beginning("pinyin", letters) | beginning("initials", letters))


def corrected(text: str) -> list[Term]:
    """Return the names that were probably meant: those that sound the same, then those with one other character.

    At most three queries. The nearest first; none when nothing is near.
    """
    asked = written(text)
    if not is_han(asked) or len(asked) < 2:
        return []
    sound = reading_of(asked).syllables
    found = _first(Q(pinyin=sound), but=asked) or _one_off(asked)
    if not found and len(asked) >= FEWEST_SYLLABLES:
        found = _first(beginning("pinyin", sound), but=asked)
    return sorted(found, key=lambda term: _distance(term.text, asked))


def beginning(field: str, start: str) -> Q:
    """Ask for values that begin so, in the way in which the database uses its index."""
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": start, f"{field}__lt": f"{start}\U0010ffff"})
    return Q(**{f"{field}__startswith": start})


def _first(condition: Q, but: str = "") -> list[Term]:
    return list(Term.objects.filter(condition).exclude(text=but).order_by("-weight", "text")[:MOST])


def _one_off(asked: str) -> list[Term]:
    numbers = keys_of(asked)
    if not numbers:
        return []
    near = Term.objects.filter(near_keys__number__in=numbers).distinct().order_by("-weight", "text")
    return [term for term in near[: MOST * 4] if is_near(term.text, asked)][:MOST]


def _distance(text: str, asked: str) -> tuple[int, int]:
    different = sum(a != b for a, b in zip(text, asked, strict=False))
    return different, abs(len(text) - len(asked))


def texts(terms: Iterable[Term]) -> list[str]:
    """Return the names as they are written, each once."""
    return list(dict.fromkeys(term.title or term.text for term in terms))
