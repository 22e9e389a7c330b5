"""Catalogues: what must be disclosed. Two wordings of one format, the templates' own and the pack's, become one row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from blocks.kinds import ContentKind
from rules.update_rules import Cycle, UpdateRule

from .face import City
from .fields import Fields, Keys
from .problems import Place
from .source import Source

GENERIC = "generic"
OFFICE = "office"
PUBLICITY = {"主动公开": "active", "依申请公开": "on_request", "不予公开": "not_public"}
# kept for good, taken down when its display ends, or kept so many years
RETENTION = re.compile(r"长期|公示期满撤下|\d{1,3}年")
# Stands in for what could not be read; the error keeps it from being loaded.
NO_RULE = UpdateRule(Cycle.ON_EVENT)

# Our name of a field → the pack's name of it.
PACK_NAMES = {
    "code": "code",
    "group": "group_code",
    "group_title": "group_zh",
    "group_title_en": "group_en",
    "title": "zh",
    "title_en": "en",
    "mandatory": "mandatory",
    "update": "update_cycle",
    "legal_basis": "legal_basis",
    "content_kind": "content_kind",
    "tiers": "risk_tier",
    "routine": "routine",
    "retention": "retention",
    "publicity": "publicity",
    "privacy_check": "privacy_check",
    "government_class": "government_class",
}
OWN_NAMES = {name: name for name in PACK_NAMES}


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One matter that must (or may) be disclosed. `publicity` is a code, `retention` the words of the rule.

    `routine` is None where the file does not say: then what the administrators chose stays.
    """

    code: str
    group: str
    group_title: str
    group_title_en: str
    title: str
    title_en: str
    mandatory: bool
    update: UpdateRule
    update_note: str
    legal_basis: str
    content_kind: str
    tiers: int
    routine: bool | None
    retention: str
    publicity: str
    privacy_check: bool
    government_class: str
    order: int
    line: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A catalogue with its entries; `template` is the industry template it belongs to, `notes` its 编制说明."""

    code: str
    title: str
    title_en: str
    template: str
    legal_basis: str
    notes: str
    entries: tuple[CatalogueRow, ...]
    file: str


@dataclass(frozen=True, slots=True)
class DefaultCatalogue:
    """Where an installed industry template keeps one of its catalogues."""

    code: str
    template: str
    file: Path


def bundled_catalogues(industries: Path) -> tuple[DefaultCatalogue, ...]:
    """Return the catalogues of the templates in the industries' folder: `<template>/catalogues/<code>.json`."""
    return tuple(
        DefaultCatalogue(file.stem, file.parent.parent.name, file)
        for file in sorted(industries.glob("*/catalogues/*.json"))
    )


def read_catalogues(source: Source, city: City, defaults: tuple[DefaultCatalogue, ...]) -> dict[str, Catalogue]:
    """Read the templates' catalogues; a catalogue of the pack replaces the one of the same code."""
    found: dict[str, Catalogue] = {}
    for default in defaults:
        if catalogue := read_catalogue(source, str(default.file), default.code, default.template):
            found[default.code] = catalogue
    templates = {default.code: default.template for default in defaults}
    for name in _names(source, city):
        code = Path(name).stem
        if code not in templates:
            known = {"code": code, "known": "、".join(templates)}
            source.problems.error(Place(name), _("目录“%(code)s”不属于任何已安装的行业模板（%(known)s）。") % known)
        elif catalogue := read_catalogue(source, name, code, templates[code]):
            found[code] = _with_classes(catalogue, found.get(code))
    return found


def read_catalogue(source: Source, name: str, code: str, template: str) -> Catalogue | None:
    """Read one file, whichever wording it uses; None (and errors) where it is no catalogue."""
    document = source.document(name)
    if document is None:
        return None
    if "items" in document.values:
        head, items, names = document.object("_meta") or document, document.objects("items"), PACK_NAMES
        basis = head.text("default_legal_basis", 500)
    else:
        head, items, names = document, document.objects("entries"), OWN_NAMES
        basis = head.text("legal_basis", 500)
    keys = Keys(_("目录编码"))
    rows = (_row(fields, position, names, basis, keys) for position, fields in enumerate(items, start=1))
    return Catalogue(
        code=code,
        title=head.required("title", 100),
        title_en=head.text("title_en", 150),
        template=template,
        legal_basis=basis,
        notes=head.text("notes", 4000),
        entries=tuple(rows),
        file=name,
    )


def _names(source: Source, city: City) -> list[str]:
    folder = city.files.get("catalogues")
    if folder is None:
        return []
    return [f"{folder}/{file.name}" for file in sorted((source.folder / folder).glob("*.json"))]


def _with_classes(catalogue: Catalogue, default: Catalogue | None) -> Catalogue:
    """Let entries without a class of the government site take that of the template's entry of the same code."""
    classes = {row.code: row.government_class for row in default.entries} if default else {}
    entries = (
        row if row.government_class else replace(row, government_class=classes.get(row.code, ""))
        for row in catalogue.entries
    )
    return replace(catalogue, entries=tuple(entries))


def _row(fields: Fields, position: int, names: Mapping[str, str], basis: str, keys: Keys) -> CatalogueRow:
    code = fields.required(names["code"], 16)
    if code:
        keys.claim(code, fields)
    rule = fields.object(names["update"])
    return CatalogueRow(
        code=code,
        group=fields.required(names["group"], 16),
        group_title=fields.required(names["group_title"], 100),
        group_title_en=fields.text(names["group_title_en"], 150),
        title=fields.required(names["title"]),
        title_en=fields.text(names["title_en"]),
        mandatory=fields.flag(names["mandatory"], default=True),
        update=_update(fields, rule),
        update_note=rule.text("note") if rule else "",
        legal_basis=fields.text(names["legal_basis"], 500) or basis,
        content_kind=fields.code(names["content_kind"], ContentKind.values),
        tiers=fields.whole(names["tiers"], 1, 3),
        routine=fields.flag(names["routine"]) if names["routine"] in fields.values else None,
        retention=_retention(fields, names["retention"]),
        publicity=PUBLICITY.get(fields.code(names["publicity"], PUBLICITY, optional=True), "active"),
        privacy_check=fields.flag(names["privacy_check"]),
        government_class=fields.text(names["government_class"], 32),
        order=position,
        line=fields.place.line,
    )


def _retention(fields: Fields, name: str) -> str:
    value = fields.text(name, 50) or "长期"
    if not RETENTION.fullmatch(value):
        fields.fail(_("“%(name)s”只能是“长期”“公示期满撤下”或“N年”。") % {"name": name})
    return value


def _update(fields: Fields, rule: Fields | None) -> UpdateRule:
    if rule is None:
        fields.fail(_("缺少更新期限。"))
        return NO_RULE
    try:
        return UpdateRule.from_pack(rule.values)
    except ValueError as error:
        rule.fail(str(error))
        return NO_RULE
