"""Tables pasted from a spreadsheet."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks.base import BlockWidget

from blocks.base import json_of
from blocks.grid import MAX_ROWS, GridBlock


def grid(*rows, caption="抄表计划", choice="row"):
    return {"data": list(rows), "table_header_choice": choice, "table_caption": caption}


def cleaned(value):
    block = GridBlock()
    return json_of(block, block.clean(block.value_from_form(json.dumps(value))))


def refusal(value):
    with pytest.raises(ValidationError) as error:
        cleaned(value)
    return error.value.messages[0]


def test_empty_rows_and_columns_are_dropped_and_cells_become_text():
    shown = cleaned(grid(["册号", None, "日期"], [1, None, "  11月3日 "], [None, None, None], ["002"]))

    assert shown == {
        "caption": "抄表计划",
        "columns": ["册号", "日期"],
        "rows": [["1", "11月3日"], ["002", ""]],
    }


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "表格是空的。"),
        (grid([None, None]), "表格是空的。"),
        (grid(["册号"], ["1"], choice="neither"), "表格要有表头"),
        (grid(["册号", ""], ["1", "2"]), "第 2 列没有列名。"),
        (grid(["册号", "日期"]), "没有内容"),
        (grid(["册号"], ["1"], caption=""), "请填写表格标题。"),
        (grid(["册号"], *[["1"]] * (MAX_ROWS + 1)), "表格最多 3000 行"),
    ],
)
def test_an_incomplete_table_is_refused_with_the_reason(value, message):
    assert message in refusal(value)


def test_a_draft_may_be_incomplete():
    block = GridBlock()

    kept = block.clean_deferred(block.value_from_form(json.dumps(grid(["册号", ""]))))

    assert kept["data"] == [["册号"]]


@pytest.mark.parametrize("posted", [None, "", "{", "[]", "3", '{"data": 1}', '{"data": [1, "x", {}]}', '"text"'])
def test_whatever_is_posted_is_refused_calmly(posted):
    block = GridBlock()

    with pytest.raises(ValidationError):
        block.clean(block.value_from_form(posted))


def test_a_table_may_be_given_as_the_api_shows_it():
    shown = {"caption": "计划", "columns": ["册号"], "rows": [["001"]]}
    block = GridBlock()

    assert json_of(block, block.clean(block.normalize(shown))) == shown


def test_a_new_table_begins_with_a_heading_row():
    block = GridBlock()

    assert block.get_form_state(block.get_default())["table_header_choice"] == "row"


def test_two_new_tables_share_nothing():
    block = GridBlock()

    block.get_default()["data"][0][0] = "一"

    assert block.get_default()["data"][0][0] == ""


def test_the_form_speaks_chinese():
    packed = json.dumps(json.loads(BlockWidget(GridBlock(label="表格")).block_json), ensure_ascii=False)

    assert "在上方插入行" in packed
    assert "首行是表头" in packed
    assert "Insert" not in packed


def test_words_are_offered_for_translation_and_numbers_are_not():
    block = GridBlock()
    value = block.to_python(grid(["册号", "日期"], ["001", "十一月三日"]))

    segments = block.get_translatable_segments(value)
    for segment in segments:
        segment.string = type(segment.string)("T")
    translated = block.restore_translated_segments(value, segments)

    assert [segment.path for segment in segments] == ["caption", "0-0", "0-1", "1-1"]
    assert json_of(block, translated) == {"caption": "T", "columns": ["T", "T"], "rows": [["001", "T"]]}
    assert json_of(block, value)["caption"] == "抄表计划"


def test_the_first_column_may_head_the_rows():
    block = GridBlock()

    html = block.render(
        block.to_python(grid(["项目", "数"], ["甲", "1"], choice="both") | {"first_col_is_header": True})
    )

    assert '<th scope="row">甲</th>' in html


def test_cells_are_escaped():
    block = GridBlock()

    html = block.render(block.to_python(grid(["<b>"], ["<script>"], caption='"><i>')))

    assert "<script>" not in html
    assert "<i>" not in html
    assert "<b>" not in html
