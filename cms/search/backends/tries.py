"""What a query may mean, the narrowest first: each is tried only when those before it find nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from wagtail.search.query import SearchQuery

from rules.pinyin import is_han

from ..vocabulary.looking import Meant, texts
from .conditions import AllOf, AnyOf, Condition, Expression, Reading, Word, condition_of, expressions, joined, near

if TYPE_CHECKING:
    from ..lexicon import Lexicon
    from ..models import Term

# So many names are asked for together.
NAMES = 8


class Step(Enum):
    """How far a query was widened."""

    WORDS = "all words"
    SHORTER = "all words, cut shorter"
    NAMED = "names so called"
    CORRECTED = "names that are probably meant"
    FEWER = "all words but one"
    NEAR = "any word"


@dataclass(frozen=True, slots=True)
class Try:
    """One way to take a query; `texts`: what it was taken for, where that is not what was written."""

    step: Step
    condition: Condition
    texts: tuple[str, ...] = ()


class Understood(SearchQuery):
    """A query that was understood already: just this is looked for."""

    def __init__(self, attempt: Try) -> None:
        self.attempt = attempt


@condition_of.register
def _(query: Understood, reading: Reading) -> Condition:
    return query.attempt.condition


def tries(query: SearchQuery | str, words: Lexicon, *, typing: bool = False) -> Iterator[Try]:
    """Yield the ways to take a query as it is written."""
    for shorter, step in ((False, Step.WORDS), (True, Step.SHORTER)):
        yield Try(step, condition_of(query, reading(words, typing=typing, shorter=shorter)))


def wider_tries(query: str, words: Lexicon, meant: Meant | None = None) -> Iterator[Try]:
    """Yield what else may be meant: names, their corrections, and fewer of the words."""
    meant = meant or Meant(query)
    yield from _named(Step.NAMED, meant.named, words)
    yield from _named(Step.CORRECTED, meant.corrected, words)
    how = reading(words, shorter=True)
    parts = [part for part in expressions(query, how) if not _is_common(part)]
    if len(parts) > 2:
        # Who asks for a number wants to hear whether there is just that.
        fewer = [joined(AllOf, parts[:at] + parts[at + 1 :]) for at in range(len(parts)) if not _is_number(parts[at])]
        yield Try(Step.FEWER, Condition(joined(AnyOf, [each for each in fewer if each])))
    if any_word := near(query, how):
        yield Try(Step.NEAR, any_word)


def _is_common(part: Expression) -> bool:
    """Is this a single character, as stand in every text?"""
    return isinstance(part, Word) and len(part.text) < 2 and is_han(part.text)


def _is_number(part: Expression) -> bool:
    return isinstance(part, Word) and not is_han(part.text)


def reading(words: Lexicon, *, typing: bool = False, shorter: bool = False) -> Reading:
    """Return how texts are read by the words of our own."""
    return Reading(typing=typing, shorter=shorter, dictionary=words.asking, same={} if typing else words.same)


def _named(step: Step, terms: list[Term], words: Lexicon) -> Iterator[Try]:
    meant = texts(terms)[:NAMES]
    parts = [joined(AllOf, expressions(text, reading(words))) for text in meant]
    if expression := joined(AnyOf, [part for part in parts if part]):
        yield Try(step, Condition(expression), tuple(meant))
