"""Read what providers answer. Whatever does not fit is no answer: `BadReplyError`, without its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .asking import SilentError

MOST_ROWS, MOST_SLOTS, MOST_BILLS = 100, 200, 50
LABEL, TEXT, IDENTIFIER = 60, 500, 64
# A hundred million yuan: above it something else was meant than fen.
MOST_FEN = 10**10


class BadReplyError(SilentError):
    """The provider's computer answered something else than was agreed."""


@dataclass(frozen=True)
class Row:
    """One line of an answer."""

    label: str
    value: str


@dataclass(frozen=True)
class Answer:
    """The answer to a query; or, where the provider takes no such input, what to put right."""

    rows: list[Row]
    message: str = ""
    errors: dict[str, str] | None = None

    @property
    def is_refused(self) -> bool:
        """Did the provider take the input for wrong?"""
        return self.errors is not None


def read_answer(answer: dict[str, Any]) -> Answer:
    """Read the answer to a query."""
    if answer.get("status") == "rejected":
        return refused(answer)
    if answer.get("status") != "ok":
        raise BadReplyError("status")
    return Answer([Row(_text(row, "label", LABEL), _text(row, "value")) for row in _rows(answer, "rows", MOST_ROWS)],
                  _text(answer, "message"))  # fmt: skip


def refused(answer: dict[str, Any]) -> Answer:
    """Read a refusal: a sentence, and one for each input."""
    errors = answer.get("errors") or {}
    if not isinstance(errors, dict):
        raise BadReplyError("errors")
    told = {str(name)[:IDENTIFIER]: str(text)[:TEXT] for name, text in list(errors.items())[:MOST_ROWS]}
    return Answer([], _text(answer, "message"), told)


def _rows(answer: dict[str, Any], name: str, most: int) -> list[dict[str, Any]]:
    found = answer.get(name, [])
    if not isinstance(found, list) or len(found) > most or any(not isinstance(each, dict) for each in found):
        raise BadReplyError(name)
    return found


def _text(row: dict[str, Any], name: str, longest: int = TEXT) -> str:
    value = row.get(name, "")
    if not isinstance(value, str | int | float):
        raise BadReplyError(name)
    return str(value).replace("\x00", "")[:longest]
