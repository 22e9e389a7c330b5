"""Every room stands on a floor, and doors lead downwards only (the directions themselves: lint-imports)."""

from __future__ import annotations

import ast

from django.conf import settings

from .house import HOUSE_RULES, imported_modules, imported_rooms, imports, packages, place, room, rooms, sources, tree


def test_every_package_stands_on_the_floors_list():
    assert packages() - {"tests"} <= rooms()


def test_the_linter_of_imports_knows_every_room_that_is_built():
    assert set(HOUSE_RULES["root_packages"]) == packages() & rooms()


def test_no_function_imports_another_room():
    found = [
        place(file, node.lineno)
        for file in sources()
        # Django lets a room touch models only when all apps are ready.
        if file.name != "apps.py"
        for function in ast.walk(tree(file))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in imports(function)
        if imported_rooms(node) - {room(file)}
    ]

    assert found == []


def test_rules_know_no_models():
    forbidden = {"django.db", "django.contrib", "wagtail"}

    found = [
        place(file, node.lineno)
        for file in sources()
        if room(file) == "rules"
        for node in imports(tree(file))
        for name in imported_modules(node)
        if any(f"{name}.".startswith(f"{module}.") for module in forbidden)
    ]

    assert found == []


def test_our_policies_come_after_those_of_images_and_documents():
    order = settings.INSTALLED_APPS.index

    # wagtail.images and wagtail.documents overwrite the policy of their model when they get ready.
    assert min(order("accounts"), order("media")) > max(order("wagtail.images"), order("wagtail.documents"))


def test_our_policies_come_before_wagtail_snippets():
    order = settings.INSTALLED_APPS.index

    # wagtail.snippets creates a fallback policy for each snippet when it gets ready; a later one is refused.
    assert order("snippets") < order("wagtail.snippets")
