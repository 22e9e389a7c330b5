"""Who reads the API today can read it tomorrow: nothing in the baseline goes unless permitted in writing.

The baseline is docs/openapi-baseline.json, the permissions are the lines of docs/openapi-permitted.txt.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from tests.architecture.house import ROOT

PARTS = ("oneOf", "anyOf", "allOf")


def promises(described: dict[str, Any]) -> set[str]:
    """Return what a description promises, one line for each thing somebody may rely on."""
    found: set[str] = set()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            name = f"{method} {path}"
            found |= {name, *of_operation(name, operation)}
    for name, schema in described["components"]["schemas"].items():
        found |= set(of_schema(name, schema))
    return found


def of_operation(name: str, operation: dict[str, Any]) -> Iterator[str]:
    for parameter in operation.get("parameters", ()):
        yield from of_schema(f"{name} ?{parameter['name']}", parameter["schema"])
    for status, answer in operation["responses"].items():
        for media_type, content in answer.get("content", {}).items():
            yield from of_schema(f"{name} {status} {media_type}", content["schema"])


def of_schema(name: str, schema: dict[str, Any]) -> Iterator[str]:
    kind = schema.get("$ref") or schema.get("type") or "any"
    yield f"{name}: {kind if isinstance(kind, str) else ' or '.join(sorted(kind))}"
    yield from (f"{name} = {word}" for word in schema.get("enum", ()))
    for inner, part in schema.get("properties", {}).items():
        yield from of_schema(f"{name}.{inner}", part)
    if "items" in schema:
        yield from of_schema(f"{name}[]", schema["items"])
    for key in PARTS:
        for part in schema.get(key, ()):
            yield from of_schema(name, part)


def read(name: str) -> dict[str, Any]:
    return json.loads((ROOT / "docs" / name).read_text())


def test_nothing_that_was_promised_is_gone():
    lines = (ROOT / "docs" / "openapi-permitted.txt").read_text().splitlines()
    permitted = {line for line in lines if not line.startswith("#")}

    gone = promises(read("openapi-baseline.json")) - promises(read("openapi.json")) - permitted

    assert sorted(gone) == []


@pytest.mark.parametrize(
    ("where", "name", "told"),
    [
        (["paths"], "/api/v2/notices/", "get /api/v2/notices/"),
        (["paths", "/api/v2/notices/", "get", "responses"], "429", "get /api/v2/notices/ 429 application/problem+json"),
        (["components", "schemas", "NoticePage", "properties"], "title", "NoticePage.title: string"),
    ],
)
def test_whatever_goes_is_noticed(where, name, told):
    before = read("openapi.json")
    after = deepcopy(before)
    part = after
    for step in where:
        part = part[step]
    del part[name]

    assert any(line.startswith(told) for line in promises(before) - promises(after))


def test_a_type_that_changes_and_a_parameter_that_goes_are_noticed():
    before = read("openapi.json")
    after = deepcopy(before)
    after["components"]["schemas"]["NoticePage"]["properties"]["title"]["type"] = "integer"
    after["paths"]["/api/v2/notices/"]["get"]["parameters"].pop()

    gone = promises(before) - promises(after)

    assert "NoticePage.title: string" in gone
    assert any(line.startswith("get /api/v2/notices/ ?search_operator") for line in gone)


def test_a_field_that_comes_breaks_no_promise():
    """Answers are open shapes, so that clients expect more than is described."""
    before = read("openapi.json")
    after = deepcopy(before)
    schema = after["components"]["schemas"]["NoticePage"]
    assert "additionalProperties" not in schema
    schema["properties"]["colour"] = {"type": "string"}

    assert promises(before) - promises(after) == set()
