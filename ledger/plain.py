"""What an event holds, as both databases keep it alike: no NUL, no half characters, no number of two forms."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any

# Up to here every whole number has a float of its own.
EXACT = 2**53


def plain(value: Any) -> Any:
    """Return a value of JSON; what JSON has no form for becomes text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, dict):
        return {text(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, int | float):
        return _number(value)
    return text(value)


def _number(value: float) -> Any:
    if not isfinite(value) or abs(value) > EXACT:
        return str(value)
    # PostgreSQL writes 1e5 as 100000, SQLite as 100000.0.
    return int(value) if value == int(value) else value


def text(value: Any) -> str:
    """Return text without NUL, which PostgreSQL cannot keep, and without halves of characters, which nobody can."""
    return str(value).replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def canonical(value: Any) -> bytes:
    """Write plain values the one way there is: keys in order, no blanks, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")
