"""What is answered may grow, what is asked may not: the description says so.

Answers have open shapes, as clients are told to ignore what they do not know; a request with a field that nobody knows
is refused. The tests close the shapes of answers again, so that nothing is shown that is not described.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]
COMPONENTS, REFERENCE = "#/components/schemas/", "$ref"
CLOSED = "additionalProperties"


def open_answers(result: Schema, **options: Any) -> Schema:
    """Open whatever no request is made of (POSTPROCESSING_HOOKS, the last)."""
    components = result["components"]["schemas"]
    asked = asked_for(result)
    for name, schema in components.items():
        if name not in asked:
            _open(schema)
    for operation in _operations(result["paths"]):
        _open(operation.get("responses", {}))
    _open(result.get("webhooks", {}))
    return result


def asked_for(result: Schema) -> set[str]:
    """Return the names of the shapes that requests are made of."""
    components = result["components"]["schemas"]
    found: set[str] = set()
    waiting = [name for each in _operations(result["paths"]) for name in _named(each.get("requestBody", {}))]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _named(components[name])
    return found


def _operations(paths: Schema) -> Iterator[Schema]:
    return (operation for methods in paths.values() for operation in methods.values())


def _named(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get(REFERENCE), str):
            yield part[REFERENCE].removeprefix(COMPONENTS)
        for each in part.values():
            yield from _named(each)
    elif isinstance(part, list):
        for each in part:
            yield from _named(each)


def _open(part: Any) -> None:
    if isinstance(part, dict):
        if part.get(CLOSED) is False:
            del part[CLOSED]
        for each in part.values():
            _open(each)
    elif isinstance(part, list):
        for each in part:
            _open(each)
