"""Read what providers answer. Whatever does not fit is no answer: `BadReplyError`, without its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from .asking import SilentError

MOST_ROWS, MOST_SLOTS, MOST_BILLS, MOST_ORDERS = 100, 200, 50, 100_000
LABEL, TEXT, IDENTIFIER = 60, 500, 64
IDENTIFIERS = re.compile(r"[A-Za-z0-9._\-]{1,64}")
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


def read_bills(answer: dict[str, Any]) -> list[tuple[str, str, int, str]]:
    """Read bills: number, title, amount in fen, until when."""
    if answer.get("status") != "ok":
        raise BadReplyError("status")
    return [
        (identifier(row, "id"), _text(row, "title", LABEL), _fen(row), _text(row, "due", 10))
        for row in _rows(answer, "bills", MOST_BILLS)
    ]


@dataclass(frozen=True)
class Standing:
    """How an order stands at its provider."""

    status: str
    amount: int
    reference: str


def read_standing(answer: dict[str, Any]) -> Standing:
    """Read how an order stands, in a notification or an answer."""
    status = answer.get("status")
    if not isinstance(status, str):
        raise BadReplyError("status")
    if status not in {"paid", "failed", "closed"}:
        return Standing(status, 0, "")
    return Standing(status, _fen(answer), identifier(answer, "reference"))


def identifier(row: dict[str, Any], name: str) -> str:
    """Read a number by which a provider knows something again."""
    value = row.get(name)
    if not isinstance(value, str) or not IDENTIFIERS.fullmatch(value):
        raise BadReplyError(name)
    return value


def _fen(row: dict[str, Any]) -> int:
    amount = row.get("amount")
    if not isinstance(amount, int) or isinstance(amount, bool) or not 0 < amount <= MOST_FEN:
        raise BadReplyError("amount")
    return amount


def read_account(answer: dict[str, Any]) -> list[tuple[str, int, str]]:
    """Read the account of a day: number, amount in fen, reference of each order."""
    if answer.get("status") != "ok":
        raise BadReplyError("status")
    rows = _rows(answer, "orders", MOST_ORDERS)
    return [(identifier(row, "order"), _fen(row), identifier(row, "reference")) for row in rows]


@dataclass(frozen=True)
class Slot:
    """A time that is free."""

    number: str
    day: date
    start: str
    end: str
    place: str
    left: int


def read_slots(answer: dict[str, Any]) -> list[Slot]:
    """Read what is free."""
    if answer.get("status") != "ok":
        raise BadReplyError("status")
    return [_slot(row) for row in _rows(answer, "slots", MOST_SLOTS)]


def read_booked(answer: dict[str, Any]) -> Slot | None:
    """Read what was taken, where the provider repeats it; its number counts, whatever stands beside it."""
    row = answer.get("slot")
    try:
        return _slot(row) if isinstance(row, dict) else None
    except BadReplyError:
        return None


def _slot(row: dict[str, Any]) -> Slot:
    try:
        day, left = date.fromisoformat(str(row.get("date"))), int(row.get("left", 1))
    except (ValueError, TypeError, OverflowError):
        raise BadReplyError("slots") from None
    start, end, place = _text(row, "start", 5), _text(row, "end", 5), _text(row, "place", LABEL)
    return Slot(identifier(row, "id"), day, start, end, place, left)
