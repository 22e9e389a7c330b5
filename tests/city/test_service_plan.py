"""Service items: with their provider, or one for each branch of a group; drafts without an address."""

from __future__ import annotations

import pytest

from cms.city.planned import PlannedService

from .conftest import PackFolder

HEADER = "item_id,name_zh,name_en,service_class,industry,provider,personal_input,output,url\n"


def test_a_service_belongs_to_its_provider_and_the_provider_s_branch(pack: PackFolder):
    items, warnings = _items(pack, "S1,挂号,,appointment,health,东海市中心医院,姓名,预约号,https://example.org/")

    assert [(item.code, item.provider_key, item.industry, item.is_draft) for item in items] == [
        ("S1", "unit:U1", "general-hospital", False)
    ]
    assert warnings == []


def test_several_results_read_as_a_sentence(pack: PackFolder):
    items, _warnings = _items(pack, "S1,缴费,,payment,health,东海市中心医院,姓名,账单;回执,https://example.org/")

    assert [item.row.output for item in items] == ["账单；回执"]


def test_a_department_may_be_the_provider(pack: PackFolder):
    items, _warnings = _items(pack, "S1,入学报名,,registration,education,城东区教育局,姓名,报名号,https://example.org/")

    assert [(item.provider_key, item.industry) for item in items] == [("department:990102:城东区教育局", "education")]


def test_a_service_without_an_address_is_a_draft(pack: PackFolder):
    items, warnings = _items(pack, "S1,挂号,,appointment,health,东海市中心医院,姓名,预约号,")

    assert [item.is_draft for item in items] == [True]
    assert warnings == ["services.csv:2 警告：“挂号”没有网址，载入为草稿。"]


@pytest.mark.parametrize("personal_input", ["", "无", "无(区域)", "—"])
def test_what_asks_for_nothing_personal_is_no_service_and_is_refused(pack: PackFolder, personal_input: str):
    items, warnings = _items(
        pack, f"S1,空气质量,,query,health,东海市中心医院,{personal_input},指数,https://example.org/"
    )

    assert items == []
    assert warnings == [
        "services.csv:2 警告：“空气质量”不需要录入个人信息，不是在线服务项目（DB21/T 2175.5 第4.1.2条），本行不载入。"
    ]


@pytest.mark.parametrize(
    ("provider", "branches"),
    [
        ("各医院", ["general-hospital", "tcm-hospital"]),
        ("各区医院/医保局", ["general-hospital", "tcm-hospital"]),
        ("东海市中心医院等", ["general-hospital"]),
        ("采供血机构", ["blood-centre"]),
    ],
)
def test_a_group_gets_one_item_for_each_branch_and_no_provider(pack: PackFolder, provider: str, branches: list[str]):
    items, warnings = _items(pack, f"S1,报告查询,,query,health,{provider},姓名,报告,https://example.org/")

    assert [item.industry for item in items] == branches
    assert [item.code for item in items] == [f"S1-{branch}" for branch in branches]
    assert {item.provider_key for item in items} == {""}
    assert len(warnings) == 1


def test_a_group_of_one_branch_named_in_the_row_gets_one_item(pack: PackFolder):
    items, _warnings = _items(pack, "S1,报告查询,,query,tcm-hospital,各医院,姓名,报告,https://example.org/")

    assert [(item.code, item.industry) for item in items] == [("S1-tcm-hospital", "tcm-hospital")]


def test_a_provider_not_in_the_roster_leaves_the_item_to_its_industry(pack: PackFolder):
    items, warnings = _items(pack, "S1,成绩查询,,query,education,东海省招考办,准考证号,成绩,https://example.org/")

    assert [(item.code, item.industry, item.provider_key) for item in items] == [("S1", "education", "")]
    assert warnings == ["services.csv:2 警告：“东海省招考办”不在名录中：归整个行业，不设提供单位。"]


def test_a_name_two_units_share_is_nobody_s(pack: PackFolder):
    pack.append("units.csv", "U4,东海市中心医院,health,general-hospital,990103,city,东海市卫生健康委员会,,,,,")

    items, _warnings = _items(pack, "S1,挂号,,appointment,health,东海市中心医院,姓名,预约号,https://example.org/")

    assert [item.provider_key for item in items] == [""]


def _items(pack: PackFolder, row: str) -> tuple[tuple[PlannedService, ...] | list[PlannedService], list[str]]:
    pack.write("services.csv", HEADER + row + "\n")
    planned, problems = pack.plan()
    warnings = [str(problem) for problem in problems.warnings if problem.file == "services.csv"]
    return list(planned.services), warnings
