"""Unknown codes, double keys, broken types: each is an error with file, line and reason."""

from __future__ import annotations

import pytest

from .conftest import PackFolder

CASES = [
    ("city.toml", 'name = "东海市"\n', "", "city.toml:1", "“name”不能为空"),
    ("city.toml", 'division_code = "990100"', 'division_code = "99"', "city.toml:1", "6 位数字"),
    ("city.toml", 'division_code = "990100"', "division_code = 990100", "city.toml:1", "“division_code”应为文字"),
    ("city.toml", '["zh-hans", "en"]', '["zh-hans", "fr"]', "city.toml:1", "“fr”不是可用的语言"),
    ("city.toml", '["zh-hans", "en"]', '"zh-hans"', "city.toml:1", "“languages”应为列表"),
    ("city.toml", "{serial:05d}", "{number}", "city.toml:1", "number"),
    ("city.toml", "-{serial:05d}", "", "city.toml:1", "serial"),
    ("city.toml", "name_en =", "name_eng =", "city.toml:1", "“name_eng”不是已知的项目"),
    ("city.toml", "[city]", "[town]", "city.toml", "缺少 [city] 一节"),
    ("city.toml", 'divisions = "divisions.json"\n', "", "city.toml:9", "缺少“divisions”"),
    ("city.toml", "units =", "untis =", "city.toml:12", "“untis”不是已知的文件种类"),
    ("city.toml", '"units.csv"', '"../units.csv"', "city.toml:12", "本文件夹内"),
    ("city.toml", '"units.csv"', '"units\\u0000.csv"', "city.toml:12", "本文件夹内"),
    ("city.toml", '"units.csv"', f'"{"u" * 5000}"', "city.toml:12", "不存在"),
    ("divisions.json", '"zh": "城西区"', '"zh": "城西\\ud800"', "divisions.json:7", "无法保存"),
    ("city.toml", '"units.csv"', '"unit.csv"', "city.toml:12", "不存在"),
    ("city.toml", '"units.csv"', "", "city.toml:12", "不是合法的 TOML"),
    ("divisions.json", '"code": "990100"', '"code": "990200"', "divisions.json:2", "与 city.toml 的“990100”不一致"),
    ("divisions.json", '"code": "990103"', '"code": "990102"', "divisions.json:7", "已见于 divisions.json:4"),
    ("divisions.json", '"code": "990103"', '"code": "99010３"', "divisions.json:7", "应为 6 位数字"),
    ("divisions.json", '"code": "990102001"', '"code": "990103001"', "divisions.json:5", "以“990102”开头"),
    ("divisions.json", '"kind": "subdistrict"', '"kind": "village"', "divisions.json:5", "代码“village”不存在"),
    ("divisions.json", '"zh": "城西区"', '"zh": 7', "divisions.json:7", "“zh”应为文字"),
    ("industries.json", '"slug": "university"', '"slug": "primary-school"', "industries.json:6", "industries.json:5"),
    ("industries.json", '"slug": "health"', '"slug": "卫生"', "industries.json:8", "只能用英文字母"),
    ("industries.json", '"catalogue_template": "health"', '"catalogue_template": "zoo"', "industries.json:8", "“zoo”"),
    ("industries.json", '"named_in_art55": true', '"named_in_art55": "yes"', "industries.json:3", "true 或 false"),
    ("industries.json", '"zh": "小学"', f'"zh": "{"学" * 101}"', "industries.json:5", "超过 100 个字"),
    ("units.csv", "U3,东海大学", "U1,东海大学", "units.csv:4", "单位编号“U1”重复，已见于 units.csv:2"),
    ("units.csv", "U3,东海大学", "U3,", "units.csv:4", "“name”不能为空"),
    ("units.csv", "education,university", "zoo,university", "units.csv:4", "“industry”的代码“zoo”不存在"),
    ("units.csv", "education,university", "education,zoo", "units.csv:4", "“sub_industry”的代码“zoo”不存在"),
    ("units.csv", "education,university", "health,university", "units.csv:4", "不属于行业“health”"),
    ("units.csv", "990103,province", "990109,province", "units.csv:4", "“district_code”的代码“990109”不存在"),
    ("units.csv", "990103,province", "990103,nation", "units.csv:4", "“level”的代码“nation”不存在"),
    ("units.csv", "38.92,121.64", "138.92,121.64", "units.csv:2", "纬度应在"),
    ("units.csv", "38.92,121.64", "38.92,nan", "units.csv:2", "经度应在"),
    ("units.csv", "38.92,121.64", "38.92,东经", "units.csv:2", "“lng”应为数字"),
    ("units.csv", "38.92,121.64", "38.92,", "units.csv:2", "要么都填数字"),
    ("units.csv", "BD-09 (4-6 digits)", "Beijing 1954", "units.csv:2", "无法辨认"),
    ("units.csv", "BD-09 (4-6 digits)", "", "units.csv:2", "未写明坐标系"),
    ("grassroots.csv", "990102001200,前湾", "990102001001,前湾", "grassroots.csv:4", "已见于 grassroots.csv:3"),
    ("grassroots.csv", "village-committee", "hamlet", "grassroots.csv:4", "代码“hamlet”不存在"),
    ("grassroots.csv", "committee,990102001,990102", "committee,990102009,990102", "grassroots.csv:3", "990102009"),
    (
        "grassroots.csv",
        "committee,990102001,990102",
        "committee,990102001,990103",
        "grassroots.csv:3",
        "不属于“990103”",
    ),
    ("grassroots.csv", "990102001200,前湾", "990103001200,前湾", "grassroots.csv:4", "应以街道代码“990102001”开头"),
    ("grassroots.csv", "990102001,海滨", "990102002,海滨", "grassroots.csv:2", "应当相同"),
    ("industries.json", '"slug": "village-committee"', '"slug": "village"', "grassroots.csv:4", "“village-committee”"),
    ("services.csv", "appointment,health", "booking,health", "services.csv:2", "“service_class”的代码“booking”不存在"),
    ("services.csv", "appointment,health", "appointment,zoo", "services.csv:2", "“industry”的代码“zoo”不存在"),
    ("services.csv", "https://example.org/", "example.org", "services.csv:2", "以 http:// 或 https:// 开头"),
    ("services.csv", "S1,", "S 1,", "services.csv:2", "“item_id”只能用"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}: {case[4]}")
def test_a_broken_value_is_an_error_with_its_place(pack: PackFolder, case: tuple[str, str, str, str, str]):
    file, old, new, place, reason = case
    pack.replace(file, old, new)

    errors = pack.errors()

    assert [error for error in errors if error.startswith(f"{place} 错误") and reason in error], errors


def test_a_service_number_given_twice_is_an_error(pack: PackFolder):
    pack.append("services.csv", "S1,体检预约,,appointment,health,东海市中心医院,姓名,预约号,")

    assert pack.errors() == ["services.csv:3 错误：服务编号“S1”重复，已见于 services.csv:2。"]


def test_a_village_needs_the_row_of_its_street(pack: PackFolder):
    pack.replace("grassroots.csv", "990102001,海滨街道,township:subdistrict,990102001,990102\n", "")

    assert pack.errors() == [
        "grassroots.csv:2 错误：文件里没有街道“990102001”自己的一行。",
        "grassroots.csv:3 错误：文件里没有街道“990102001”自己的一行。",
    ]


def test_streets_are_unknown_where_no_district_lists_any(pack: PackFolder):
    pack.replace("divisions.json", '{"code": "990102001", "zh": "海滨街道", "kind": "subdistrict"}', "")

    assert {error.split("：")[1] for error in pack.errors()} == {"“street_code”的代码“990102001”不存在。"}


def test_a_credit_code_is_checked_where_there_is_one(pack: PackFolder):
    rows = (pack.folder / "units.csv").read_text().splitlines()
    columns = ("credit_code", "91210200MB0000000X", "", "9121 0200 mb00 0000 0l")
    pack.write("units.csv", "".join(f"{row},{column}\n" for row, column in zip(rows, columns, strict=True)))

    read, problems = pack.read()

    assert [str(problem).split("（")[0] for problem in problems] == ["units.csv:2 错误：统一社会信用代码的校验位"]
    assert read is not None
    assert read.units[2].credit_code == "91210200MB0000000L"


def test_one_bad_row_of_a_code_list_raises_no_echo(pack: PackFolder):
    pack.replace("divisions.json", '"type": "district", "streets"', '"type": "quarter", "streets"')

    assert pack.errors() == ["divisions.json:4 错误：“type”的代码“quarter”不存在。"]


def test_an_unreadable_code_list_raises_no_echo(pack: PackFolder):
    pack.write("divisions.json", "{")
    pack.write("industries.json", "{")

    assert [error.split(" ")[0] for error in pack.errors()] == ["divisions.json:1", "industries.json:1"]
