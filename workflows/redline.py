"""What changed between two texts, marked inline as <del> and <ins>, in words a Chinese reader would part."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterator

# A sentence with its full stop; then a date, a number with its decimals, a Latin word, or one character.
# (Wagtail's own comparison takes a run of Han characters for one word: a changed date marks the whole sentence.)
_SENTENCES = re.compile(r"[^。！？；\n]*[。！？；\n]|[^。！？；\n]+")
_WORDS = re.compile(r"\d+年(?:\d+月(?:\d+日)?)?|\d+月(?:\d+日)?|\d+(?:[.,]\d+)*|[A-Za-z]+|\s+|.", re.DOTALL)
# Beyond this many words a changed passage is shown as a whole: the comparison takes quadratic time.
WORDS_LIMIT = 1_500
# An island of unchanged words this small between two changes is read as changed too.
ISLAND = 2

Span = tuple[str, str]


def redline(before: str, after: str) -> SafeString:
    """Return both texts in one, deletions as <del>, additions as <ins>; everything else escaped."""
    parts = (_marked(before_part, after_part) for before_part, after_part in _spans(before, after))
    return mark_safe("".join(parts))  # noqa: S308 (every part is escaped by format_html)


def _marked(before: str, after: str) -> str:
    if before == after:
        return format_html("{}", after)
    marks = [(tag, text) for tag, text in (("del", before), ("ins", after)) if text]
    return format_html_join("", "<{0}>{1}</{0}>", ((mark_safe(tag), text) for tag, text in marks))  # noqa: S308


def _spans(before: str, after: str) -> Iterator[Span]:
    """Compare sentence by sentence, and the sentences that differ word by word."""
    for was, now in _compared(_SENTENCES.findall(before), _SENTENCES.findall(after)):
        if was == now:
            yield was, now
            continue
        was_words, now_words = _WORDS.findall(was), _WORDS.findall(now)
        if max(len(was_words), len(now_words)) > WORDS_LIMIT:
            yield was, now
        else:
            yield from _without_islands(list(_compared(was_words, now_words)))


def _compared(before: list[str], after: list[str]) -> Iterator[Span]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _tag, start, end, new_start, new_end in matcher.get_opcodes():
        yield "".join(before[start:end]), "".join(after[new_start:new_end])


def _without_islands(spans: list[Span]) -> Iterator[Span]:
    """Join changes that only a character or two part: 「甲的乙」→「丙的丁」 reads better as one change."""
    held: Span | None = None
    for index, (was, now) in enumerate(spans):
        is_last = index == len(spans) - 1
        is_island = was == now and held is not None and len(was) <= ISLAND and not is_last
        if was == now and not is_island:
            if held:
                yield held
            held = None
            yield was, now
        else:
            held = ((held[0] if held else "") + was, (held[1] if held else "") + now)
    if held:
        yield held
