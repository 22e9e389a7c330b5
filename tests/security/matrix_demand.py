"""What the public read and searched: for those who answer for something, each within his reach."""

from __future__ import annotations

from .asking import NOBODY, STAFF, Row

ROWS = [
    *(Row(f"demand:{name}", (), STAFF) for name in ("reads", "searches")),
    *(Row("demand:export", (name, kind), STAFF) for name in ("reads", "searches") for kind in ("csv", "xlsx")),
    Row("demand:export", ("people", "csv"), NOBODY),
]
