"""Catalogues: the templates' own wording and the pack's are read into the same rows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cms.city.catalogues import Catalogue
from cms.city.pack import INDUSTRIES, bundled
from rules.update_rules import Cycle, Unit, UpdateRule

from .conftest import PackFolder

ITEM: dict[str, Any] = {
    "code": "A01",
    "group_code": "A",
    "group_zh": "单位概况",
    "group_en": "Profile",
    "zh": "单位简介",
    "en": "Profile",
    "level": 2,
    "mandatory": True,
    "update_cycle": {"type": "on_change", "days": 20, "unit": "workday"},
    "legal_basis": "依据",
    "content_kind": "text",
    "risk_tier": 1,
    "publicity": "主动公开",
    "retention": "长期",
    "privacy_check": False,
    "source": "ignored",
}


def test_a_pack_without_catalogues_uses_those_of_the_templates(pack: PackFolder):
    read, _problems = pack.read()

    assert read is not None
    assert set(read.catalogues) == {default.code for default in bundled().catalogues}
    assert {catalogue.template for catalogue in read.catalogues.values()} == {
        path.parent.name for path in INDUSTRIES.glob("*/catalogues")
    }


def test_a_catalogue_of_the_pack_replaces_that_of_the_template(pack: PackFolder):
    catalogue = _with_catalogue(pack, [ITEM])

    assert catalogue.template == "health"
    assert catalogue.title == "本市目录"
    assert [entry.title for entry in catalogue.entries] == ["单位简介"]
    assert catalogue.entries[0].update == UpdateRule(Cycle.ON_CHANGE, 20, Unit.WORKDAY)


def test_an_entry_of_the_pack_takes_the_government_class_of_the_template_s_entry(pack: PackFolder):
    unknown, classed = {**ITEM, "code": "Z99"}, {**ITEM, "code": "A02", "government_class": "77"}

    entries = _with_catalogue(pack, [ITEM, unknown, classed]).entries

    assert [entry.government_class for entry in entries] == ["01", "", "77"]


def test_both_wordings_give_the_same_row(pack: PackFolder):
    read, _problems = pack.read()
    assert read is not None
    default = read.catalogues["health"].entries[0]
    own = json.loads((INDUSTRIES / "health/catalogues/health.json").read_text())["entries"][0]
    names = {"group": "group_code", "group_title": "group_zh", "group_title_en": "group_en", "title": "zh"}
    names |= {"title_en": "en", "update": "update_cycle", "tiers": "risk_tier"}

    entry = _with_catalogue(pack, [{names.get(key, key): value for key, value in own.items()}]).entries[0]

    assert {name: getattr(entry, name) for name in entry.__slots__ if name != "line"} == {
        name: getattr(default, name) for name in default.__slots__ if name != "line"
    }


def test_an_entry_without_a_basis_of_its_own_takes_the_catalogue_s(pack: PackFolder):
    entry = _with_catalogue(pack, [{**ITEM, "legal_basis": ""}]).entries[0]

    assert entry.legal_basis == "总依据"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"code": ""}, "“code”不能为空"),
        ({"zh": None}, "“zh”不能为空"),
        ({"zh": "长" * 256}, "超过 255 个字"),
        ({"content_kind": "video"}, "“content_kind”的代码“video”不存在"),
        ({"risk_tier": 4}, "应为 1 到 3 的整数"),
        ({"risk_tier": True}, "应为 1 到 3 的整数"),
        ({"mandatory": "yes"}, "应为 true 或 false"),
        ({"publicity": "内部"}, "“publicity”的代码“内部”不存在"),
        ({"retention": "永远"}, "“长期”"),
        ({"update_cycle": None}, "缺少更新期限"),
        ({"update_cycle": "每月"}, "“update_cycle”应为对象"),
        ({"update_cycle": {"type": "weekly"}}, "weekly"),
        ({"update_cycle": {"type": "yearly", "by": "13-31"}}, "13 月 31 日"),
        ({"update_cycle": {"type": "yearly"}}, ""),
        ({"update_cycle": {"type": "periodic"}}, ""),
        ({"update_cycle": {"type": "periodic", "months": "1"}}, ""),
        ({"update_cycle": {"type": "on_change", "days": 20, "unit": "fortnight"}}, "应为 day 或 workday"),
        ({"update_cycle": {"type": "on_event", "weeks": 1}}, "weeks"),
    ],
)
def test_a_broken_item_is_an_error_of_its_line(pack: PackFolder, change: dict[str, Any], reason: str):
    _write_catalogue(pack, "health", [ITEM, {**ITEM, "code": "A02", **change}])

    errors = pack.errors()

    assert [error for error in errors if error.startswith("catalogues/health.json:5 ") and reason in error], errors


def test_whether_an_entry_is_routine_is_said_or_left_to_the_administrators(pack: PackFolder):
    items = [ITEM, {**ITEM, "code": "A02", "routine": True}, {**ITEM, "code": "A03", "routine": False}]

    entries = _with_catalogue(pack, items).entries

    assert [entry.routine for entry in entries] == [None, True, False]


def test_a_code_given_twice_is_an_error(pack: PackFolder):
    _write_catalogue(pack, "health", [ITEM, ITEM])

    assert pack.errors() == ["catalogues/health.json:5 错误：目录编码“A01”重复，已见于 catalogues/health.json:4。"]


def test_a_catalogue_of_no_installed_template_is_an_error(pack: PackFolder):
    _write_catalogue(pack, "zoo", [ITEM])

    assert [error.split("（")[0] for error in pack.errors()] == [
        "catalogues/zoo.json 错误：目录“zoo”不属于任何已安装的行业模板"
    ]


def test_a_branch_without_a_catalogue_takes_that_of_its_industry(pack: PackFolder):
    read, _problems = pack.read()

    assert read is not None
    rows = {row.code: row for row in read.industries}
    assert (rows["primary-school"].catalogue, rows["university"].catalogue) == (
        "education_school",
        "education_university",
    )
    assert rows["university"].template == "education"
    assert rows["primary-school"].city_department == "东海市教育局"


def test_every_catalogue_of_the_templates_is_whole(pack: PackFolder):
    read, problems = pack.read()

    assert list(problems) == []
    assert read is not None
    for catalogue in read.catalogues.values():
        assert catalogue.title_en
        assert "编制依据" in catalogue.notes
        assert all(entry.title_en and entry.legal_basis and entry.government_class for entry in catalogue.entries)
        assert [entry.group for entry in catalogue.entries] == [entry.code[0] for entry in catalogue.entries]
        assert len(catalogue.entries) >= 6


def test_offices_have_a_catalogue_of_their_own(pack: PackFolder):
    read, _problems = pack.read()

    assert read is not None
    office = read.catalogues["office"]
    assert office.template == "generic"
    assert all("条" in entry.legal_basis or "办法" in entry.legal_basis for entry in office.entries)


def _with_catalogue(pack: PackFolder, items: list[dict[str, Any]]) -> Catalogue:
    _write_catalogue(pack, "health", items)
    read, problems = pack.read()
    assert list(problems) == []
    assert read is not None
    return read.catalogues["health"]


def _write_catalogue(pack: PackFolder, code: str, items: list[dict[str, Any]]) -> None:
    """Write one item per line, the first on line 4."""
    meta = json.dumps({"title": "本市目录", "default_legal_basis": "总依据"}, ensure_ascii=False)
    body = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    pack.write(f"catalogues/{code}.json", f'{{\n"_meta": {meta},\n"items": [\n{body}\n]}}\n')
    pack.replace("city.toml", 'units = "units.csv"', 'catalogues = "catalogues"\nunits = "units.csv"')
