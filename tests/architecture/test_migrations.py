"""Migrations say what they do, and nothing about blocks."""

from __future__ import annotations

import ast

from .house import ROOT, place, sources, tree


def migrations():
    return [file for file in sources(migrations=True) if file.name != "__init__.py"]


def test_blocks_stay_out_of_migrations():
    found = [
        place(file)
        for file in migrations()
        if any(word in file.read_text() for word in ("wagtail.blocks", "StreamBlock"))
    ]

    assert found == []


def test_every_migration_is_named_by_its_effect():
    assert [place(file) for file in migrations() if "_auto_" in file.name] == []


def test_the_first_migration_of_accounts_creates_the_user_alone():
    (first,) = (ROOT / "accounts" / "migrations").glob("0001_*.py")

    # A user and a model that points to a page in the same migration depend on each other in a circle.
    created = [
        ast.literal_eval(keyword.value)
        for node in ast.walk(tree(first))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "migrations.CreateModel"
        for keyword in node.keywords
        if keyword.arg == "name"
    ]
    assert created == ["User"]
