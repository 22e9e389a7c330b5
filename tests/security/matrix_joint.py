"""Sources of the joint search: kept by the portal's administrators and the operator; a second person confirms."""

from __future__ import annotations

from typing import Any

from .asking import BULK, NOBODY, PORTAL_ADMINISTRATORS, Row
from .world import World

S = "wagtailsnippets_joint_outsidesource:"
ONE = ("source",)


def source(world: World) -> Any:
    return {
        "title": "改过的来源", "title_en": "", "code": "changed", "kind": "link", "about": "", "about_en": "",
        "address": "https://www.example.com/?q={searchTerms}", "deadline": "2000", "order": "1", "is_active": "on",
    }  # fmt: skip


def tried(world: World) -> Any:
    return {"kind": "link", "address": "https://www.example.com/?q={searchTerms}", "words": "停水"}


ROWS = [
    Row(S + "list", (), PORTAL_ADMINISTRATORS),
    Row(S + "list_results", (), PORTAL_ADMINISTRATORS),
    Row(S + "add", (), PORTAL_ADMINISTRATORS),
    Row(S + "add", (), PORTAL_ADMINISTRATORS, post=source),
    Row(S + "edit", ONE, PORTAL_ADMINISTRATORS),
    Row(S + "edit", ONE, PORTAL_ADMINISTRATORS, post=source),
    Row(S + "copy", ONE, PORTAL_ADMINISTRATORS),
    Row(S + "delete", ONE, PORTAL_ADMINISTRATORS),
    Row(S + "delete", ONE, PORTAL_ADMINISTRATORS, post={}),
    Row(S + "usage", ONE, PORTAL_ADMINISTRATORS),
    Row(S + "history", ONE, PORTAL_ADMINISTRATORS),
    Row(S + "history_results", ONE, PORTAL_ADMINISTRATORS),
    Row(BULK, ("joint", "outsidesource", "delete"), PORTAL_ADMINISTRATORS, query="?id={source}"),
    Row(BULK, ("joint", "outsidesource", "delete"), PORTAL_ADMINISTRATORS, post={}, query="?id={source}"),
    Row("joint:try", (), PORTAL_ADMINISTRATORS),
    # What is asked is recorded, and nothing else is written: the event is a trace.
    Row("joint:try", (), NOBODY, post=tried),
]
