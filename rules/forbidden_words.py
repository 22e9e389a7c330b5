"""Words of a list in texts that are to be published, however they are written or torn apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .han import HAN, to_simplified
from .spans import Folded, fold, nfkc, without_overlaps

# What can be put between two characters to tear a word apart: not the punctuation of a sentence, and one line end.
_SEPARATOR = r"""[^\w\n,。;:!?、"'“”‘’()《》【】〈〉]|_"""
_BETWEEN_HAN = re.compile(rf"(?<={HAN})(?=[\W_])(?:{_SEPARATOR}){{0,4}}+\n?+[ \t]{{0,4}}+(?={HAN})")


class Hit(NamedTuple):
    """A word of the list in the text that was given, as the list writes it."""

    start: int
    end: int
    word: str


class _Node(dict[str, "_Node"]):
    """A character of a word; its keys are the characters that may follow."""

    word: str | None = None


class WordList:
    """A list of words that can be looked for together.

    Time grows in line with the text times the length of the longest word, whatever the number of words.
    Width, case, Traditional characters, invisible characters and separators between Chinese characters are no matter;
    a word that begins or ends with a Latin letter or a digit is not found within a longer one.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._root = _Node()
        for word in words:
            node = self._root
            for character in _comparable(word).text.strip():
                node = node.setdefault(character, _Node())
            if node is not self._root and node.word is None:
                node.word = word

    def find(self, text: str) -> list[Hit]:
        """Find the words in the order of the text; of overlapping ones the longest counts, then the first."""
        folded = _comparable(text)
        found = [hit for start in self._starts(folded.text) for hit in self._longest_at(folded.text, start)]
        found.sort(key=lambda hit: hit.start - hit.end)
        kept = without_overlaps(found, len(folded.text), lambda hit: (hit.start, hit.end))
        return sorted(Hit(*folded.span(hit.start, hit.end), hit.word) for hit in kept)

    def _starts(self, text: str) -> Iterator[int]:
        return (start for start, character in enumerate(text) if character in self._root)

    def _longest_at(self, text: str, start: int) -> Iterator[Hit]:
        node, longest = self._root, None
        for end, character in enumerate(_from(text, start), start=start + 1):
            if character not in node:
                break
            node = node[character]
            if node.word is not None and _stands_alone(text, start, end):
                longest = Hit(start, end, node.word)
        if longest:
            yield longest


def _from(text: str, start: int) -> Iterator[str]:
    return (text[position] for position in range(start, len(text)))


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not _joined(text[start - 1 : start], text[start]) and not _joined(text[end - 1], text[end : end + 1])


def _joined(left: str, right: str) -> bool:
    """Do two neighbours belong to one Latin word or one number?"""
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _comparable(text: str) -> Folded:
    return fold(text, _character).without(_BETWEEN_HAN)


def _character(character: str) -> str:
    return to_simplified(nfkc(character)).lower()
