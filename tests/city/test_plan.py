"""The tree a pack would build: both chains, one superior each, doubts under the disclosure office."""

from __future__ import annotations

import pytest

from cms.city.plan import plan
from cms.city.planned import Flag, Kind, Plan, PlannedOrganisation
from rules.coordinates import Datum, to_wgs84

from .conftest import PackFolder

OFFICE = "department:990100:东海市办事公开办公室"
HEADER = "row_id,name,industry,sub_industry,district_code,level,competent_dept,address,lat,lng,coord_sys,note\n"


def test_a_city_unit_stands_in_three_storeys(pack: PackFolder):
    planned, _problems = pack.plan()

    assert _chain(planned, "unit:U1") == ["东海市", "东海市卫生健康委员会", "东海市中心医院"]


def test_a_district_unit_stands_in_four_storeys(pack: PackFolder):
    planned, _problems = pack.plan()

    assert _chain(planned, "unit:U2") == ["东海市", "城东区", "城东区教育局", "城东区第一小学"]


def test_a_village_stands_under_its_street(pack: PackFolder):
    planned, _problems = pack.plan()

    assert _chain(planned, "village:990102001200") == ["东海市", "城东区", "海滨街道", "前湾村委会"]
    assert _at(planned, "street:990102001").kind is Kind.DEPARTMENT
    assert _at(planned, "village:990102001200").industry == "village-committee"


def test_parents_come_before_children_whatever_the_order_of_rows(pack: PackFolder):
    lines = (pack.folder / "grassroots.csv").read_text().splitlines(keepends=True)
    pack.write("grassroots.csv", "".join([lines[0], *reversed(lines[1:])]))

    planned, _problems = pack.plan()

    seen = {""}
    for organisation in planned.organisations:
        assert organisation.parent_key in seen
        seen.add(organisation.key)


def test_keys_do_not_depend_on_the_order_of_rows(pack: PackFolder):
    before, _problems = pack.plan()
    lines = (pack.folder / "units.csv").read_text().splitlines(keepends=True)
    pack.write("units.csv", "".join([lines[0], *reversed(lines[1:])]))

    after, _problems = pack.plan()

    assert {(each.key, each.parent_key) for each in before.organisations} == {
        (each.key, each.parent_key) for each in after.organisations
    }
    assert len({each.key for each in before.organisations}) == len(before.organisations)


def test_positions_are_brought_to_wgs84(pack: PackFolder):
    planned, _problems = pack.plan()

    assert _at(planned, "unit:U1").position == to_wgs84(121.64, 38.92, Datum.BD09)
    assert _at(planned, "unit:U2").position is None


def test_a_department_is_made_once_and_a_remark_in_brackets_is_no_part_of_its_name(pack: PackFolder):
    pack.append("units.csv", "U4,东海市血站,health,blood-centre,,city,东海市卫生健康委员会(原卫生局),,,,,")

    planned, _problems = pack.plan()

    assert _at(planned, "unit:U4").parent_key == _at(planned, "unit:U1").parent_key
    assert _at(planned, "unit:U4").division_code == "990100"


def test_brackets_inside_a_name_belong_to_it_and_a_description_is_flagged(pack: PackFolder):
    pack.append("units.csv", "U4,城东供水站,health,,990102,district,城东区农业农村(水务)主管部门,,,,,")

    planned, problems = pack.plan()

    department = _at(planned, _at(planned, "unit:U4").parent_key)
    assert department.name == "城东区农业农村(水务)主管部门"
    assert department.flags == {Flag.NAME_UNCONFIRMED}
    assert "units.csv:5 警告：主管部门“城东区农业农村(水务)主管部门”是泛称，请核实机构的正式名称。" in _warned(problems)


@pytest.mark.parametrize(
    ("level", "department", "flag"),
    [
        ("province", "东海市教育局", Flag.SUPERIOR_OUTSIDE),
        ("city", "东海省教育厅", Flag.SUPERIOR_OUTSIDE),
        ("city", "国家能源局东北监管局", Flag.SUPERIOR_OUTSIDE),
        ("city", "国家能源局 / 东海省能源局", Flag.SUPERIOR_OUTSIDE),
        ("district", "（所在区待核）教育局", Flag.SUPERIOR_UNKNOWN),
        ("district", "教育局", Flag.SUPERIOR_OUTSIDE),
        ("city", "—", Flag.SUPERIOR_UNKNOWN),
        ("city", "", Flag.SUPERIOR_UNKNOWN),
    ],
)
def test_a_superior_outside_the_city_or_unknown_gives_way_to_the_disclosure_office(
    pack: PackFolder, level: str, department: str, flag: Flag
):
    pack.write("units.csv", HEADER + f"U9,东海学院,education,university,,{level},{department},,,,,\n")

    planned, problems = pack.plan()

    unit = _at(planned, "unit:U9")
    assert unit.parent_key == OFFICE
    assert unit.flags == {flag}
    assert [warning for warning in _warned(problems) if warning.startswith("units.csv:2 ") and "并标记" in warning]


def test_of_several_superiors_the_branch_s_own_is_taken(pack: PackFolder):
    pack.replace("industries.json", '"zh": "综合医院"', '"zh": "综合医院", "city_dept": "东海市医院管理局"')
    row = "U9,东海医院,health,general-hospital,,city,东海市卫生健康委员会 / 东海市医院管理局,,,,,\n"
    pack.write("units.csv", HEADER + row)

    planned, problems = pack.plan()

    assert _at(planned, "unit:U9").parent_key == "department:990100:东海市医院管理局"
    assert _at(planned, "unit:U9").flags == {Flag.SUPERIOR_CHOSEN}
    assert "units.csv:2 警告：“东海医院”写了多个主管部门，取“东海市医院管理局”。" in _warned(problems)


def test_of_several_superiors_the_first_within_the_city_is_taken_where_the_branch_names_none(pack: PackFolder):
    row = "U9,东海医院,health,general-hospital,,city,国家卫健委;东海市医保局,,,,,\n"
    pack.write("units.csv", HEADER + row)

    planned, _problems = pack.plan()

    assert _at(planned, "unit:U9").parent_key == "department:990100:东海市医保局"


def test_of_several_superiors_the_branch_s_own_counts_even_outside_the_city(pack: PackFolder):
    row = "U9,东海学院,education,university,,city,东海省教育厅 / 东海市教育局,,,,,\n"
    pack.write("units.csv", HEADER + row)

    planned, _problems = pack.plan()

    assert _at(planned, "unit:U9").parent_key == OFFICE


def test_where_level_or_district_contradict_the_superior_the_superior_decides(pack: PackFolder):
    pack.append("units.csv", "U4,区信息中心,health,,990102,district,东海市卫生健康委员会,,,,,")
    pack.append("units.csv", "U5,飞地小学,education,,990103,district,城东区教育局,,,,,")

    planned, problems = pack.plan()

    assert _chain(planned, "unit:U4") == ["东海市", "东海市卫生健康委员会", "区信息中心"]
    assert _chain(planned, "unit:U5") == ["东海市", "城东区", "城东区教育局", "飞地小学"]
    assert _at(planned, "unit:U5").division_code == "990103"
    assert [warning.split(" ")[0] for warning in _warned(problems)][-2:] == ["units.csv:5", "units.csv:6"]


def test_an_office_of_the_state_in_the_city_counts_as_within_it(pack: PackFolder):
    pack.append("units.csv", "U4,办税厅,education,,990102,city,国家税务总局东海市税务局,,,,,")
    pack.append("units.csv", "U5,区办税厅,education,,990102,district,国家税务总局东海市城东区税务局,,,,,")

    planned, _problems = pack.plan()

    assert _chain(planned, "unit:U4") == ["东海市", "国家税务总局东海市税务局", "办税厅"]
    assert _chain(planned, "unit:U5") == ["东海市", "城东区", "国家税务总局东海市城东区税务局", "区办税厅"]


@pytest.mark.parametrize("note", ["military unit: exclude", "军队单位，不公开"])
def test_a_unit_marked_as_military_is_held_back(pack: PackFolder, note: str):
    pack.append("units.csv", f"U4,第一医院,health,general-hospital,990102,city,东海市卫生健康委员会,,,,,{note}")

    planned, problems = pack.plan()

    assert "unit:U4" not in {each.key for each in planned.organisations}
    assert [str(place) for place in planned.held_back] == ["units.csv:5"]
    assert "units.csv:5 警告：“第一医院”备注为军队单位，不载入。" in _warned(problems)


@pytest.mark.parametrize(
    ("note", "flag"),
    [
        ("check current legal name before showing as real", Flag.NAME_UNCONFIRMED),
        ("campus or sub-unit of another institution", Flag.PART_OF_ANOTHER),
        ("internal team of a company, use only as a place", Flag.PLACE_ONLY),
        ("名称待核", Flag.NAME_UNCONFIRMED),
    ],
)
def test_what_a_note_asks_to_look_at_is_flagged_and_listed(pack: PackFolder, note: str, flag: Flag):
    pack.append("units.csv", f'U4,第一医院,health,general-hospital,990102,city,东海市卫生健康委员会,,,,,"{note}"')

    planned, problems = pack.plan()

    assert _at(planned, "unit:U4").flags == {flag}
    assert [warning for warning in _warned(problems) if warning.startswith("units.csv:5 ")]


def test_statistical_codes_tell_what_a_body_of_another_kind_resembles(pack: PackFolder):
    pack.append("grassroots.csv", "990102001498,港区虚拟社区,other,990102001,990102")
    pack.append("grassroots.csv", "990102001500,农场生活区,other,990102001,990102")

    planned, _problems = pack.plan()

    assert _at(planned, "village:990102001498").industry == "residents-committee"
    assert _at(planned, "village:990102001500").industry == "village-committee"


def test_a_pack_with_errors_is_not_planned(pack: PackFolder):
    pack.replace("units.csv", "U2,", "U1,")
    read, problems = pack.read()
    assert read is not None

    with pytest.raises(ValueError, match="errors"):
        plan(read, problems)


def _at(planned: Plan, key: str) -> PlannedOrganisation:
    return next(organisation for organisation in planned.organisations if organisation.key == key)


def _chain(planned: Plan, key: str) -> list[str]:
    names: list[str] = []
    while key:
        organisation = _at(planned, key)
        names.insert(0, organisation.name)
        key = organisation.parent_key
    return names


def _warned(problems) -> list[str]:
    return [str(problem) for problem in problems.warnings]
