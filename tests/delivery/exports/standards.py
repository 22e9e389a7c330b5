"""The schemas of the standards. They stand beside the project, not in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.shared_data import SCHEMAS


def schema_file(name: str) -> Path:
    """Return a file of a standard; a test that needs it is skipped where it is not at hand."""
    if not (SCHEMAS / name).exists():
        pytest.skip(f"{name} is not at hand; GONGKAI_SHARED may name the folder its schemas are in")
    return SCHEMAS / name


def hsds_errors(kind: str, things: list[dict[str, Any]]) -> list[str]:
    """Return what HSDS 3 finds wrong with things of a kind; a word it does not know is wrong, too."""
    folder = schema_file(f"hsds-3/{kind}.json").parent
    loaded = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json") if path.name != "openapi.json"}
    for each in loaded.values():
        each["additionalProperties"] = False
    resources = [(name, Resource.from_contents(each, DRAFT202012)) for name, each in loaded.items()]
    validator = Draft202012Validator(
        loaded[f"{kind}.json"], registry=Registry().with_resources(resources), format_checker=FormatChecker()
    )
    return [f"{error.json_path}: {error.message}" for thing in things for error in validator.iter_errors(thing)]
