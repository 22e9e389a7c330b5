"""The description with its answers closed: what is shown must be described, though clients are told to expect more."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from cms.api.openness import CLOSED, asked_for


def strict(described: dict[str, Any]) -> dict[str, Any]:
    """Return a copy in which no object has a property that is not described."""
    found = deepcopy(described)
    asked = asked_for(found)
    for name, schema in found["components"]["schemas"].items():
        if name not in asked:
            _close(schema)
    for methods in found["paths"].values():
        for operation in methods.values():
            _close(operation["responses"])
    return found


def _close(part: Any) -> None:
    if isinstance(part, dict):
        if part.get("type") == "object" and part.get("properties"):
            part.setdefault(CLOSED, False)
        for each in part.values():
            _close(each)
    elif isinstance(part, list):
        for each in part:
            _close(each)
