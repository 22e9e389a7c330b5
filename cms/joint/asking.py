"""Ask a source, but never wait for one that is known to be silent, nor ask twice at once, nor with too many threads.

An outside call holds a thread of the web server for two seconds at most. So only some threads of each process may be
out at the same time; whoever comes then is told at once to ask again, and holds nothing.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache

from .cleaning import cleaned
from .kinds import UNKNOWN, Answer, Question, SourceError
from .replies import UNREADABLE
from .standing import Trouble, answered, failed, may_be_asked, name_of, trouble_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .models import OutsideSource

# What was answered is the same for the next reader.
KEPT_SECONDS = 300
# Longer than the longest deadline: if the process dies, the next one may ask again.
FLIGHT_SECONDS = 5


class State(Enum):
    """What came of it."""

    ANSWERED = "answered"
    SILENT = "silent"
    BUSY = "busy"


@dataclass(frozen=True)
class Outcome:
    """What came of asking: an answer, or what is wrong with the source, or that nobody has a hand free."""

    state: State
    answer: Answer = field(default_factory=Answer)
    trouble: Trouble | None = None


BUSY = Outcome(State.BUSY)


class _Places:
    """How many of the threads of this process are out."""

    def __init__(self) -> None:
        self.taken = 0
        self.lock = threading.Lock()

    @contextmanager
    def one(self) -> Iterator[bool]:
        """Take a place, if there is one; yields whether there was."""
        with self.lock:
            free = self.taken < settings.JOINT_SEARCH_AT_ONCE
            self.taken += free
        try:
            yield free
        finally:
            with self.lock:
                self.taken -= free


_places = _Places()


def kept(source: OutsideSource, words: str, language: str) -> Answer | None:
    """Return what the source has answered a moment ago."""
    found: Answer | None = cache.get(_key(source, words, language))
    return found


def ask(source: OutsideSource, words: str, language: str) -> Outcome:
    """Ask a source. Takes as long as its deadline says, at most."""
    if (known := kept(source, words, language)) is not None:
        return Outcome(State.ANSWERED, known)
    trouble = trouble_of(source)
    if trouble and trouble.is_resting:
        return Outcome(State.SILENT, trouble=trouble)
    key = _key(source, words, language)
    flight = f"{key}-flight"
    with _places.one() as free:
        if not free or not cache.add(flight, 1, FLIGHT_SECONDS):
            return BUSY
        try:
            if not may_be_asked(source, trouble):
                return Outcome(State.SILENT, trouble=trouble)
            return _asked(source, question_for(source, words, language), key)
        finally:
            cache.delete(flight)


def question_for(source: OutsideSource, words: str, language: str) -> Question:
    """Return what a source is asked."""
    return Question(source.address, words, language, source.deadline / 1_000)


def _asked(source: OutsideSource, question: Question, key: str) -> Outcome:
    try:
        answer = answer_of(source, question)
    except SourceError as error:
        return Outcome(State.SILENT, trouble=failed(source, error.why))
    answered(source)
    cache.set(key, answer, KEPT_SECONDS)
    return Outcome(State.ANSWERED, answer)


def answer_of(source: OutsideSource, question: Question) -> Answer:
    """Return what a source answers now, whatever is known of it, fit to be shown. Raises SourceError."""
    kind = source.source_kind
    if kind is None or kind.ask is None:
        raise SourceError(UNKNOWN)
    try:
        return cleaned(kind.ask(question), source.address)
    except SourceError:
        raise
    except Exception as error:
        # A kind may come from a plugin, and what it reads from anywhere.
        raise SourceError(UNREADABLE) from error


def _key(source: OutsideSource, words: str, language: str) -> str:
    told = sha256(f"{language} {words}".encode("utf-8", "replace")).hexdigest()
    return f"joint-answer-{name_of(source)}-{told}"
