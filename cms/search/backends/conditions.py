"""From a query of Wagtail's search API to a condition over words; nothing here knows a database.

FTS5 has no negation that stands alone. So a condition is an expression without one, or the complement of such an
expression, and every tree of and, or and not can be brought to that form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import singledispatch

from wagtail.search.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from rules.pinyin import is_han
from rules.segmentation import Dictionary

from .words import PARTICLES, asked_words, cut_query, is_topic, overlapping_words, phrase_runs

# More parts than a person types; both databases limit how large an expression may grow.
PARTS_LIMIT = 64
# The longest word of a group of words that mean the same, in words of the dictionary.
LONGEST_SAME = 6


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or everything that begins with it."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow one another."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """What meets every part."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """What meets at least one part."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What meets the first and not the second."""

    kept: Expression
    left_out: Expression


Expression = Word | Run | AllOf | AnyOf | Without


class Scope(Enum):
    """The part of the index a search looks into."""

    EVERYTHING = "title and body"
    TITLE = "title"
    BODY = "body"
    AUTOCOMPLETE = "autocomplete"


@dataclass(frozen=True, slots=True)
class Question:
    """What one look into the index is asked."""

    expression: Expression
    scope: Scope


@dataclass(frozen=True, slots=True)
class Condition:
    """An expression or, when negated, its complement; without an expression nothing, or everything."""

    expression: Expression | None
    negated: bool = False

    def __invert__(self) -> Condition:
        return Condition(self.expression, not self.negated)


NOTHING = Condition(None)
EVERYTHING = Condition(None, negated=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """How texts are read: as typed so far (the last word is a beginning), or cut into shorter words.

    `dictionary`: by which words they are cut; `same`: the words that mean the same as a word, itself among them.
    """

    typing: bool = False
    shorter: bool = False
    dictionary: Dictionary | None = None
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@singledispatch
def condition_of(query: SearchQuery, reading: Reading) -> Condition:
    """Bring a query to a condition."""
    raise NotImplementedError(f"{query!r}")


@condition_of.register
def _(query: PlainText, reading: Reading) -> Condition:
    parts = expressions(query.query_string, reading)
    if not parts:
        return NOTHING
    words = [Condition(part) for part in parts]
    return any_of(words) if query.operator == "or" else all_of(words)


@condition_of.register
def _(query: Phrase, reading: Reading) -> Condition:
    found = phrase_runs(query.query_string, reading.dictionary)
    runs = [Run(tuple(run)) if len(run) > 1 else Word(run[0]) for run in found]
    return Condition(joined(AllOf, runs))


@condition_of.register
def _(query: Fuzzy, reading: Reading) -> Condition:
    # Chinese texts are alike when they share words; similarity of letters neither finds them nor can use an index.
    return near(query.query_string, reading) or condition_of(PlainText(query.query_string, "or"), reading)


@condition_of.register
def _(query: Boost, reading: Reading) -> Condition:
    return condition_of(query.subquery, reading)


@condition_of.register
def _(query: And, reading: Reading) -> Condition:
    return all_of([condition_of(part, reading) for part in query.subqueries])


@condition_of.register
def _(query: Or, reading: Reading) -> Condition:
    return any_of([condition_of(part, reading) for part in query.subqueries])


@condition_of.register
def _(query: Not, reading: Reading) -> Condition:
    return ~condition_of(query.subquery, reading)


@condition_of.register
def _(query: MatchAll, reading: Reading) -> Condition:
    return EVERYTHING


def expressions(text: str, reading: Reading) -> list[Expression]:
    """Cut a text into what all of a hit must hold: words, and for each the others that mean the same.

    Words are put together to find their others before they are cut shorter: 官司 alone has none.
    """
    if reading.typing:
        words = cut_query(text, shorter=reading.shorter, dictionary=reading.dictionary)
        return [*map(Word, words[:-1]), *(Word(word, prefix=True) for word in words[-1:])]
    words = cut_query(text, dictionary=reading.dictionary)
    found: dict[Expression, None] = {}
    at = 0
    while at < len(words):
        length = _same_length(words[at:], reading.same)
        if length:
            found[_any_same(reading.same["".join(words[at : at + length])], reading)] = None
        else:
            found |= dict.fromkeys(_pieces(words[at], reading))
        at += length or 1
    return [part for part in found if not (isinstance(part, Word) and part.text in PARTICLES)] or list(found)


def _pieces(word: str, reading: Reading) -> list[Expression]:
    """Return a word, or the shorter ones it is made of, with what means the same as one of those."""
    pieces = cut_query(word, shorter=True, dictionary=reading.dictionary) if reading.shorter else [word]
    return [_any_same(reading.same.get(piece, (piece,)), reading) for piece in pieces]


def _same_length(words: Sequence[str], same: Mapping[str, tuple[str, ...]]) -> int:
    """Return how many words, put together, are one that has others of the same meaning; 0 when none are."""
    most = min(len(words), LONGEST_SAME) if same else 0
    return next((length for length in range(most, 0, -1) if "".join(words[:length]) in same), 0)


def _any_same(words: Iterable[str], reading: Reading) -> Expression:
    """Ask for a word or, where others mean the same, for any of those; the first is the one that was asked."""
    asked, *others = words
    if not others:
        pieces = asked_words(asked, shorter=reading.shorter, dictionary=reading.dictionary)
        return joined(AllOf, map(Word, pieces)) or Word("")
    # What was asked is never missed, though the index may not know it as a word.
    every = _kept(asked, reading) or joined(AllOf, map(Word, cut_query(asked, dictionary=reading.dictionary)))
    return joined(AnyOf, [part for part in (every, *(_kept(each, reading) for each in others)) if part]) or Word("")


def _kept(word: str, reading: Reading) -> Expression | None:
    """Return a word of a group, in pieces where they say as much; None where they do not: 没水 is not 水.

    The index keeps it whole as soon as it is rebuilt.
    """
    for shorter in dict.fromkeys((reading.shorter, False)):
        pieces = cut_query(word, shorter=shorter, dictionary=reading.dictionary)
        if pieces == [word] or _says_as_much(pieces, word):
            return joined(AllOf, map(Word, pieces))
    return None


def _says_as_much(pieces: list[str], word: str) -> bool:
    """Is nothing left out, nothing grammar, and no character alone? Such stand in every text."""
    is_scattered = is_han(word) and any(len(piece) == 1 for piece in pieces)
    return bool(pieces) and set(word) <= set("".join(pieces)) and not is_scattered and not PARTICLES & {*pieces}


def near(text: str, reading: Reading | None = None) -> Condition | None:
    """Ask for any of the words of a text, for when all of them together are found nowhere."""
    how = reading or Reading(shorter=True)
    parts = [part for part in expressions(text, how) if not isinstance(part, Word) or is_topic(part.text)]
    parts += [_any_same(how.same.get(word, (word,)), how) for word in overlapping_words(text, how.dictionary)]
    return Condition(joined(AnyOf, parts)) if parts else None


def all_of(conditions: Sequence[Condition]) -> Condition:
    """Combine by and: what is asked for, without what is excluded."""
    if NOTHING in conditions:
        return NOTHING
    kept = joined(AllOf, [c.expression for c in conditions if c.expression and not c.negated])
    left_out = joined(AnyOf, [c.expression for c in conditions if c.expression and c.negated])
    if kept and left_out:
        return Condition(Without(kept, left_out))
    return Condition(kept) if kept else Condition(left_out, negated=True)


def any_of(conditions: Sequence[Condition]) -> Condition:
    """Combine by or; where something is excluded, as the complement of and over the complements."""
    if any(c.negated for c in conditions):
        return ~all_of([~c for c in conditions])
    return Condition(joined(AnyOf, [c.expression for c in conditions if c.expression]))


def joined(kind: type[AllOf] | type[AnyOf], parts: Iterable[Expression]) -> Expression | None:
    """Join expressions flat, each once, within the limit."""
    flat: dict[Expression, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.parts if isinstance(part, kind) else (part,)))
    kept = tuple(flat)[:PARTS_LIMIT]
    return kind(kept) if len(kept) > 1 else next(iter(kept), None)
