"""Small files, small classes: a budget, not an aim."""

from __future__ import annotations

import ast
from pathlib import Path

from .house import classes, place, sources

FILE_LINES = 400
HOOKS_LINES = 80
PAGE_CLASS_LINES = 200
BASES = 3
# What Wagtail wants listed on a snippet that is drafted, reviewed, previewed, translated and searched.
WAGTAIL_TRAITS = {
    "DraftStateMixin",
    "LockableMixin",
    "PreviewableMixin",
    "RevisionMixin",
    "TranslatableMixin",
    "WorkflowMixin",
    "index.Indexed",
}


def lines(file: Path) -> int:
    return len(file.read_text().splitlines())


def test_no_file_is_longer_than_its_budget():
    found = {place(file): lines(file) for file in sources(tests=True) if lines(file) > FILE_LINES}

    assert found == {}


def test_hooks_only_register():
    hooks = [file for file in sources() if file.name == "wagtail_hooks.py"]

    assert {place(file): lines(file) for file in hooks if lines(file) > HOOKS_LINES} == {}


def test_no_page_class_is_longer_than_its_budget():
    found = {
        place(file, node.lineno): length
        for file in sources()
        for node in classes(file)
        if node.name.endswith("Page") and (length := (node.end_lineno or 0) - node.lineno + 1) > PAGE_CLASS_LINES
    }

    assert found == {}


def test_no_class_stands_on_more_than_three_bases():
    bases = {
        place(file, node.lineno): [base for base in map(ast.unparse, node.bases) if base not in WAGTAIL_TRAITS]
        for file in sources()
        for node in classes(file)
    }

    assert {name: found for name, found in bases.items() if len(found) > BASES} == {}
