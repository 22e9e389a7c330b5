"""Files that are no tables, no JSON, no UTF-8: each is said with its line, and the others are read all the same."""

from __future__ import annotations

from cms.city.pack import read_pack
from cms.city.problems import Place, Problems

from .conftest import PackFolder


def test_a_lawful_pack_has_no_problems(pack: PackFolder):
    read, problems = pack.read()

    assert list(problems) == []
    assert read is not None
    assert [unit.row_id for unit in read.units] == ["U1", "U2", "U3"]


def test_a_byte_order_mark_and_blank_lines_are_no_problem(pack: PackFolder):
    pack.write("units.csv", b"\xef\xbb\xbf\n" + (pack.folder / "units.csv").read_bytes() + b"\n , , \n\n")

    read, problems = pack.read()

    assert list(problems) == []
    assert read is not None
    assert read.units[0].line == 3


def test_a_cell_with_a_line_break_keeps_the_lines_of_the_rows_after_it(pack: PackFolder):
    pack.replace("units.csv", "海滨路1号", '"海滨路\n1号"')
    pack.replace("units.csv", "education,university", "education,no-such-branch")

    assert pack.errors() == ["units.csv:5 错误：“sub_industry”的代码“no-such-branch”不存在。"]


def test_a_file_in_gbk_is_named_with_the_line_of_the_first_bad_byte(pack: PackFolder):
    header, first, *rest = (pack.folder / "units.csv").read_bytes().splitlines(keepends=True)
    pack.write("units.csv", header + first + b"".join(rest).decode().encode("gbk"))
    pack.write("divisions.json", (pack.folder / "divisions.json").read_text().encode("gbk"))

    errors = pack.errors()

    assert [error.split(" ")[0] for error in errors] == ["divisions.json:2", "units.csv:3"]
    assert all("UTF-8" in error for error in errors)


def test_a_nul_byte_is_an_error_in_json_in_a_cell_and_escaped(pack: PackFolder):
    pack.write("industries.json", b'{"industries":\n [\x00]}')
    pack.replace("units.csv", "东海大学", "东海\x00大学")
    pack.replace("divisions.json", "海滨街道", "海滨\\u0000街道")

    places = [error.split(" ")[0] for error in pack.errors()]

    assert places == ["divisions.json:5", "industries.json:2", "units.csv:4"]


def test_ragged_rows_are_errors_and_the_others_are_read(pack: PackFolder):
    pack.append("units.csv", "U4,东海图书馆")
    pack.append("units.csv", "U5,东海博物馆,education,,,city,东海市教育局,,,,,,too,many")

    read, problems = pack.read()

    assert [str(problem) for problem in problems] == [
        "units.csv:5 错误：这一行有 2 格，表头有 12 列。",
        "units.csv:6 错误：这一行有 14 格，表头有 12 列。",
    ]
    assert read is not None
    assert len(read.units) == 3


def test_missing_and_double_columns_are_errors_of_the_header(pack: PackFolder):
    pack.replace("units.csv", "competent_dept,address", "address,address")

    assert pack.errors() == [
        "units.csv:1 错误：缺少列“competent_dept”。",
        "units.csv:1 错误：列“address”出现了两次。",
    ]


def test_an_empty_table_lacks_its_header(pack: PackFolder):
    pack.write("services.csv", "")

    assert pack.errors() == ["services.csv 错误：文件是空的，没有表头。"]


def test_an_open_quote_is_an_error_of_the_line_it_opens_on(pack: PackFolder):
    pack.replace("units.csv", "U2,城东区第一小学", 'U2,"城东区第一小学')

    assert pack.errors()[0].startswith("units.csv:3 错误：这一行起不是合法的 CSV")


def test_a_cell_of_a_megabyte_is_an_error_of_its_line(pack: PackFolder):
    pack.replace("units.csv", "东海大学", "大" * 1_000_000)

    assert [error.split(" ")[0] for error in pack.errors()] == ["units.csv:4"]


def test_broken_json_is_named_with_its_line(pack: PackFolder):
    pack.replace("divisions.json", '"zh": "城西区",', '"zh": "城西区"')

    assert pack.errors() == ["divisions.json:7 错误：不是合法的 JSON：第 34 列附近有误。"]


def test_json_that_nests_without_end_or_holds_nan_is_an_error(pack: PackFolder):
    pack.write("divisions.json", "[" * 100_000)
    pack.write("industries.json", '{"industries": [NaN]}')

    errors = pack.errors()

    assert [error.split(" ")[0] for error in errors] == ["divisions.json", "industries.json"]


def test_json_of_another_shape_is_an_error(pack: PackFolder):
    pack.write("divisions.json", "[]")
    pack.write("industries.json", '{\n "industries": [1, {"slug": "a", "zh": "甲", "children": "无"}]}')

    errors = pack.errors()

    assert {
        "divisions.json:1 错误：JSON 的最外层应为对象 { }。",
        "industries.json:1 错误：列表“industries”的第 0 项（从 0 起）不是对象。",
        "industries.json:2 错误：缺少列表“children”。",
    } <= set(errors)


def test_a_key_written_twice_in_one_object_is_an_error_of_its_line(pack: PackFolder):
    pack.replace("divisions.json", '"zh": "海滨街道"', '"zh": "海滨街道", "zh": "海边街道"')

    assert pack.errors() == ["divisions.json:5 错误：“zh”在同一对象里写了两次。"]


def test_an_unreadable_file_is_said_once_and_nothing_follows_from_it(pack: PackFolder):
    (pack.folder / "divisions.json").unlink()
    (pack.folder / "divisions.json").mkdir()

    assert pack.errors() == ["city.toml:10 错误：“divisions”指的“divisions.json”不存在。"]


def test_a_folder_without_a_face_is_no_pack(tmp_path):
    read, problems = read_pack(tmp_path)

    assert read is None
    assert [problem.file for problem in problems.errors] == ["city.toml"]


def test_errors_of_all_files_come_together_and_sorted(pack: PackFolder):
    pack.replace("units.csv", "U3,东海大学", "U1,东海大学")
    pack.replace("services.csv", "appointment,health", "booking,health")
    pack.replace("divisions.json", '"code": "990103"', '"code": "880103"')
    pack.replace("city.toml", "zh-hans", "zh-tw")

    assert [error.split(" ")[0] for error in pack.errors()] == [
        "city.toml:1",
        "divisions.json:7",
        "services.csv:2",
        "units.csv:4",
        "units.csv:4",
    ]


def test_problems_print_errors_before_warnings_and_by_line():
    problems = Problems()

    problems.warn(Place("a.csv", 1), "甲")
    problems.error(Place("b.csv", 10), "乙")
    problems.error(Place("b.csv", 9), "丙")

    assert [str(problem) for problem in problems] == ["b.csv:9 错误：丙", "b.csv:10 错误：乙", "a.csv:1 警告：甲"]


def test_progress_is_told_for_each_table(pack: PackFolder):
    told: list[tuple[str, int]] = []
    pack.write("units.csv", _many_units(450))

    read_pack(pack.folder, progress=lambda name, count: told.append((name, count)))

    assert [(name, count) for name, count in told if name == "units.csv"] == [
        ("units.csv", 200),
        ("units.csv", 400),
        ("units.csv", 450),
    ]


def _many_units(number: int) -> str:
    header = "row_id,name,industry,sub_industry,district_code,level,competent_dept,address,lat,lng,coord_sys,note\n"
    return header + "".join(f"U{n},小学{n},education,,990102,district,城东区教育局,,,,,\n" for n in range(number))
