"""Chinese words for search: what is written to the index, and what is asked of it.

The index holds every dictionary word that a text contains, overlapping ones too, and every single character; a query is
cut into dictionary words and single characters. So whatever a text contains as a whole is found by asking for it, as
long as both sides used the same dictionary: compare `Dictionary.version` and rebuild the index when it changed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from importlib.metadata import version

from rjieba import Jieba

from .han import HAN, to_simplified

# Characters of a text that are indexed: the words after that hardly ever find it, and the index grows by gigabytes.
INDEX_LIMIT = 2_000
# Characters of a query that are asked; the longest title is shorter.
QUERY_LIMIT = 256
# Raise this when the rules below change what an index holds.
_RULES = "1"

_HAN = f"{HAN}+"
# Runs of Han characters, and runs of other letters and digits; `210200-W001` is two, as every engine will have it.
_RUNS = re.compile(rf"({_HAN})|((?:(?!{_HAN})[^\W_])+)")


class Dictionary:
    """The segmenter's words and a city's own.

    Loading takes 0.1 s and 25 MB: keep one, and make another when the words change.

    A word that is not all Han, or a single character, adds nothing: it is found by its parts anyway.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        folded = {fold(word).strip() for word in words}
        self.words = tuple(sorted(word for word in folded if len(word) > 1 and re.fullmatch(_HAN, word)))
        self._jieba = Jieba()
        for word in self.words:
            self._jieba.add_word(word, None, None)

    @property
    def version(self) -> str:
        """A hash of everything that decides what an index holds."""
        content = "\n".join([_RULES, version("rjieba"), version("opencc"), unicodedata.unidata_version, *self.words])
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    def contained(self, run: str) -> Iterator[str]:
        """All words and characters of a run of Han characters, each character once."""
        yield from (word for word in self._jieba.cut_all(run) if len(word) > 1)
        yield from dict.fromkeys(run)

    def cut(self, run: str) -> list[str]:
        """Cut a run of Han characters into words; unknown ones are not guessed at: a guess depends on the context."""
        return self._jieba.cut(run, hmm=False)

    def pieces(self, run: str) -> Iterator[str]:
        """Cut a run of Han characters into words, and long words into the shorter ones they are made of."""
        for word in self.cut(run):
            shorter = [piece for piece in self._jieba.cut_for_search(word, hmm=False) if piece != word]
            yield from shorter or [word]


def fold(text: str) -> str:
    """Make texts equal that a searcher takes for equal: full and half width, Traditional and Simplified, capitals."""
    return to_simplified(unicodedata.normalize("NFKC", text)).lower()


def segment_for_index(text: str, limit: int | None = INDEX_LIMIT, *, dictionary: Dictionary | None = None) -> str:
    """Write a text as words parted by spaces, for an index that splits at spaces.

    Only the first `limit` characters count; None takes all.
    """
    return " ".join(_words(fold(text)[:limit], dictionary.contained if dictionary else _contained))


def segment_for_query(text: str, *, dictionary: Dictionary | None = None) -> str:
    """Write a question as words parted by spaces, all of which a text must hold; empty when it asks for nothing."""
    return _query(text, (dictionary or _plain()).cut)


def query_fallback(text: str, *, dictionary: Dictionary | None = None) -> str:
    """Write a question that found nothing once more, in shorter words: 停水通知 also finds 通知……停水.

    Equal to segment_for_query where there is nothing to shorten.
    """
    return _query(text, (dictionary or _plain()).pieces)


@cache
def _plain() -> Dictionary:
    return Dictionary()


# Titles and texts of a kind repeat their runs.
@lru_cache(maxsize=2048)
def _contained(run: str) -> tuple[str, ...]:
    return tuple(_plain().contained(run))


def _query(text: str, cut: Callable[[str], Iterable[str]]) -> str:
    return " ".join(dict.fromkeys(_words(fold(text)[:QUERY_LIMIT], cut)))


def _words(text: str, cut: Callable[[str], Iterable[str]]) -> Iterator[str]:
    for han, other in _RUNS.findall(text):
        yield from cut(han) if han else [other]
