"""What is wrong with the file of a catalogue. The format itself is described in docs/city-pack.md."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from blocks.kinds import ContentKind
from pages.industry_templates import Catalogue
from rules.update_rules import UpdateRule

CODE = re.compile(r"[A-Za-z0-9._-]{1,16}")
RETENTION = re.compile(r"长期|公示期满撤下|\d{1,3}年")
PUBLICITY = {"主动公开", "依申请公开", "不予公开"}
TEXTS = {"group": 16, "group_title": 100, "group_title_en": 150, "title": 255, "title_en": 255}
# Name → type of what an entry may leave out.
OPTIONAL: dict[str, type] = {
    "mandatory": bool,
    "legal_basis": str,
    "retention": str,
    "publicity": str,
    "privacy_check": bool,
    "routine": bool,
    "government_class": str,
}
LAWFUL: dict[str, Callable[[dict[str, Any]], bool]] = {
    "code": lambda entry: bool(CODE.fullmatch(str(entry.get("code")))),
    "content_kind": lambda entry: entry.get("content_kind") in ContentKind.values,
    "tiers": lambda entry: entry.get("tiers") in {1, 2, 3},
    "retention": lambda entry: bool(RETENTION.fullmatch(str(entry.get("retention", "长期")))),
    "publicity": lambda entry: entry.get("publicity", "主动公开") in PUBLICITY,
}
NEEDED = {"code", "content_kind", "update", "tiers", *TEXTS}


def catalogue_errors(catalogue: Catalogue) -> Iterator[str]:
    """Yield what is wrong with a catalogue's file, each with its place."""
    try:
        document = json.loads(catalogue.file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield f"{catalogue.file.name}: {error}"
        return
    entries: list[dict[str, Any]] = document.get("entries") or []
    for fault in _head_errors(document, catalogue.code):
        yield f"{catalogue.file.name}: {fault}"
    for code, times in Counter(str(entry.get("code")) for entry in entries).items():
        if times > 1:
            yield f"{catalogue.file.name}: {code} stands there {times} times"
    for entry in entries:
        for fault in entry_errors(entry):
            yield f"{catalogue.file.name} {entry.get('code')}: {fault}"


def _head_errors(document: dict[str, Any], code: str) -> Iterator[str]:
    if document.get("code") != code:
        yield f"code is {document.get('code')!r}, declared is {code!r}"
    for name in ("title", "title_en", "legal_basis", "notes", "entries"):
        if not document.get(name):
            yield f"{name} is empty"


def entry_errors(entry: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one entry."""
    if unknown := sorted(set(entry) - NEEDED - set(OPTIONAL)):
        yield f"unknown fields {unknown}"
    for name, limit in TEXTS.items():
        if not 0 < len(str(entry.get(name) or "")) <= limit:
            yield f"{name}: 1 to {limit} characters"
    for name, kind in OPTIONAL.items():
        if name in entry and not isinstance(entry[name], kind):
            yield f"{name}: a {kind.__name__}"
    yield from (
        f"{name}: {entry.get(name)!r} is not lawful" for name, is_lawful in LAWFUL.items() if not is_lawful(entry)
    )
    try:
        UpdateRule.from_pack(entry.get("update") or {})
    except ValueError as error:
        yield f"update: {error}"
