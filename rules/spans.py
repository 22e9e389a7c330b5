"""Texts made comparable whose positions lead back to the original, and which of several overlapping finds counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

# Zero-width and steering characters (Cf), accents and variation selectors (Mn), rings and keycaps (Me).
_UNSEEN_CATEGORIES = {"Cf", "Mn", "Me"}
# Letters by category, empty to the eye: the Hangul fillers.
_UNSEEN = "\u115f\u1160\u3164\uffa0"

_Find = TypeVar("_Find")


@dataclass(frozen=True)
class Folded:
    """A text as it is compared; `origin` holds the original position of each of its characters."""

    text: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Lead a stretch of at least one character back to the original text."""
        return self.origin[start], self.origin[end - 1] + 1

    def without(self, pattern: re.Pattern[str]) -> Folded:
        """Take out everything the pattern matches."""
        kept: list[tuple[int, int]] = []
        last = 0
        for match in pattern.finditer(self.text):
            kept.append((last, match.start()))
            last = match.end()
        kept.append((last, len(self.text)))
        origin = [position for start, end in kept for position in self.origin[start:end]]
        return Folded("".join(self.text[start:end] for start, end in kept), origin)


def fold(text: str, character: Callable[[str], str]) -> Folded:
    """Fold a text character by character, so that every position can be led back."""
    folds = {original: character(original) for original in set(text)}
    parts = [folds[original] for original in text]
    if all(len(part) == 1 for part in folds.values()):
        return Folded("".join(parts), range(len(text)))
    return Folded("".join(parts), [position for position, part in enumerate(parts) for _ in part])


def nfkc(character: str) -> str:
    """Write one character as NFKC does: full width becomes half width; what nobody sees becomes nothing."""
    if character in _UNSEEN or unicodedata.category(character) in _UNSEEN_CATEGORIES:
        return ""
    return unicodedata.normalize("NFKC", character)


def without_overlaps(finds: Iterable[_Find], length: int, span: Callable[[_Find], tuple[int, int]]) -> list[_Find]:
    """Keep, of finds that overlap, the one that comes first; `length` is the length of the text they stand in."""
    taken = bytearray(length)
    kept = []
    for find in finds:
        start, end = span(find)
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            kept.append(find)
    return kept
