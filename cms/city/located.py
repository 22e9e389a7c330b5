"""JSON whose objects know the line they stand on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

STRING_OR_BRACE = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]', re.DOTALL)


class Located(dict[str, Any]):
    """A JSON object with its line, and the keys it holds twice."""

    line: int = 0
    doubled: tuple[str, ...] = ()


def parse(text: str) -> Any:
    """Parse JSON; every object becomes a `Located`.

    Raises json.JSONDecodeError; ValueError for NaN and Infinity; RecursionError for depths no author means.
    """
    # json calls the hook whenever an object closes: closing braces in their order give the lines.
    lines = _lines_of_objects(text)

    def located(pairs: list[tuple[str, Any]]) -> Located:
        item = Located(pairs)
        item.line = next(lines, 0)
        names = [key for key, _value in pairs]
        item.doubled = tuple(sorted({key for key in names if names.count(key) > 1})) if len(item) < len(pairs) else ()
        return item

    return json.loads(text, object_pairs_hook=located, parse_constant=_refuse)


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _lines_of_objects(text: str) -> Iterator[int]:
    """Yield the line on which each object opens, in the order in which they close."""
    opened: list[int] = []
    line, seen = 1, 0
    for token in STRING_OR_BRACE.finditer(text):
        if token.group() == "{":
            line += text.count("\n", seen, token.start())
            seen = token.start()
            opened.append(line)
        elif token.group() == "}" and opened:
            yield opened.pop()
