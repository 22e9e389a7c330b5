"""What a search result shows of a text: the place where the words stand, with the words marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .backends.conditions import AllOf, AnyOf, Expression, Run, Without, Word
from .backends.words import asked_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BEFORE, LENGTH = 24, 96
# Only these begin a sentence: an excerpt starts behind one where it can.
STOPS = "。！？；\n"
MORE = "…"


def words_to_mark(query: str, looked_for: Expression | None = None) -> list[str]:
    """Return the words of a query as they stand in texts, the longest first, so that no word is marked within one.

    Words that mean the same are marked too, but for single characters, which stand in other words everywhere.
    """
    words = {query.strip(), *asked_words(query), *asked_words(query, shorter=True)}
    words |= {word for word in _words(looked_for) if len(word) > 1}
    return sorted((word for word in words if word), key=len, reverse=True)


def _words(expression: Expression | None) -> Iterator[str]:
    match expression:
        case Word(text):
            yield text
        case Run(words):
            yield from words
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _words(part)
        case Without(kept):
            yield from _words(kept)


def marked(text: str, words: Sequence[str]) -> SafeString:
    """Escape a text and mark the words in it."""
    pattern = _pattern(words)
    if pattern is None:
        return mark_safe(escape(text))  # noqa: S308 (escaped in the same line)
    parts = pattern.split(text)
    html = "".join(f"<mark>{escape(part)}</mark>" if place % 2 else escape(part) for place, part in enumerate(parts))
    return mark_safe(html)  # noqa: S308 (every part is escaped above)


def excerpt(text: str, words: Sequence[str]) -> SafeString:
    """Return the part of a text where a word stands first, marked; the beginning where none does."""
    flat = re.sub(r"\s+", " ", text).strip()
    pattern = _pattern(words)
    found = pattern.search(flat) if pattern else None
    start = _beginning(flat, found.start()) if found else 0
    part = flat[start : start + LENGTH]
    before, after = (MORE if start else ""), (MORE if start + LENGTH < len(flat) else "")
    return mark_safe(f"{before}{marked(part, words)}{after}") if part else mark_safe("")  # noqa: S308 (escaped by `marked`)


def _pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile(f"({'|'.join(map(re.escape, words))})", re.IGNORECASE) if words else None


def _beginning(text: str, hit: int) -> int:
    earliest = max(hit - BEFORE, 0)
    stop = max(text.rfind(mark, earliest, hit) for mark in STOPS)
    return stop + 1 if stop >= 0 else earliest
