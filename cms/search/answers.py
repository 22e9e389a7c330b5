"""The answers on top: what is called so, and the services and entries whose name holds what was asked."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from rules.pinyin import is_han

from .backends.tries import Step
from .backends.words import asked_words
from .found import LOOSE, MODELS
from .kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .found import Search
    from .models import Term

MOST = 5
CALLED, SERVICES, ENTRIES = 3, 3, 2
# Among so many of the nearest those are looked for whose name says most.
LOOKED_AT = 20


def answers(found: Search) -> list[Any]:
    """Return the objects that may settle the matter at once. At most eight queries, two of them if it has no name."""
    objects = [*islice(_called(found), CALLED)]
    is_loose = found.attempt is not None and found.attempt.step in LOOSE
    if found.numbers[Kind.SERVICE]:
        objects += _titled(found, found.services, SERVICES - is_loose)
    if found.numbers[Kind.ENTRY]:
        objects += _titled(found, found.entries, ENTRIES)
    return list({(type(each), each.pk): each for each in objects}.values())[:MOST]


def _called(found: Search) -> Iterator[Any]:
    """Yield what is called as asked, the likeliest first, if the public may see it."""
    terms = [term for term in _terms(found) if term.key]
    keys: dict[str, list[int]] = {}
    for term in terms:
        keys.setdefault(term.model, []).append(term.key or 0)
    seen = {subject: found.named(MODELS[subject], among) for subject, among in keys.items() if subject in MODELS}
    for term in terms:
        if each := seen.get(term.model, {}).pop(term.key or 0, None):
            yield each


def _terms(found: Search) -> list[Term]:
    if found.narrowing.chosen:
        return []
    called = found.meant.named
    if not called and ((found.attempt and found.attempt.step is Step.CORRECTED) or _is_torn(found.query)):
        return found.meant.corrected
    return called


def _is_torn(query: str) -> bool:
    """Is this no chain of words? Its characters stand together in many a text that has nothing to do with it."""
    return sum(len(word) == 1 and is_han(word) for word in asked_words(query)) > 1


def _titled(found: Search, objects: Any, most: int) -> list[Any]:
    """Return those whose name holds most of what was asked; the nearest of those that hold as much."""
    words = found.words
    held = [(sum(len(word) for word in words if word in each.title), each) for each in objects[:LOOKED_AT]]
    return [each for much, each in sorted(held, key=lambda pair: -pair[0]) if much][:most]
