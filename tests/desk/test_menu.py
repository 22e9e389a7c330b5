"""The menu: what matters to whom."""

from __future__ import annotations

import json
import re
from typing import Any

from django.urls import reverse

from tests.factories import make_person
from tests.town import Town
from tests.workflows.acts import signed_in, submitted


def sidebar(user: Any) -> Any:
    """Return what Wagtail's side bar is told."""
    html = signed_in(user).get(reverse("wagtailadmin_home")).content.decode()
    props = re.search(r'<script id="wagtail-sidebar-props" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert props
    return json.loads(props[1])


def menu(user: Any) -> dict[str, list[str]]:
    """Return the names of the entries, with those below them."""
    return dict(_entries(sidebar(user)))


def _entries(node: Any) -> Any:
    """Read Wagtail's packed components: {"_type": …MenuItem, "_args": [{name, …}, children]}."""
    if isinstance(node, dict):
        if "MenuItem" in str(node.get("_type", "")):
            described, *rest = node["_args"]
            children = [name for part in rest for name, _below in _entries(part)]
            yield described["name"], children
            return
        for value in node.values():
            yield from _entries(value)
    if isinstance(node, list):
        for value in node:
            yield from _entries(value)


def test_a_clerk_has_what_a_clerk_needs(town: Town) -> None:
    found = set(menu(town.editor("water")))

    assert {"explorer", "images", "documents"} <= found
    assert not found & {"settings", "reports", "redirects", "approval", "snippets"}


def test_a_reviewer_has_the_queue_with_its_number(town: Town) -> None:
    reviewer = town.reviewer("water")
    submitted(town)

    assert "待我审核（1）" in json.dumps(sidebar(reviewer), ensure_ascii=False)
    assert "approval" in menu(reviewer)
    assert not set(menu(reviewer)) & {"settings", "reports"}


def test_an_operator_finds_nothing_that_decides_nothing(town: Town) -> None:
    settings = menu(make_person("boss", is_superuser=True))["settings"]

    assert "users" in settings
    assert not set(settings) & {"groups", "collections", "workflows", "workflow-tasks"}


def test_who_runs_the_portal_keeps_its_settings(town: Town) -> None:
    assert "settings" in menu(town.administrator("portal"))
    assert "settings" not in menu(town.administrator("water"))


def test_no_entry_leads_to_the_english_speaking_internet(town: Town) -> None:
    names = [name for entries in menu(town.editor("water")).values() for name in entries]

    assert not [name for name in names if name.startswith(("whats-new", "editor-guide"))]
