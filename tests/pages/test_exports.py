"""Tables as files: nothing is computed by the spreadsheet that opens them, nothing breaks them."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.test import RequestFactory
from openpyxl import load_workbook

from pages import exports
from pages.exports import Table, csv_cell, file_response

HOSTILE = ["=1+1", "+86 411", "-2", "@SUM(A1)", "  =1", "\t=1", "\r=1", "|calc", '=HYPERLINK("http://x")']


def served(rows: list[tuple], file_type: str, **attributes) -> bytes:
    request = RequestFactory().get("/")
    for name, value in attributes.items():
        setattr(request, name, value)
    table = Table("公开/目录*", [("名称", 20), ("日期", 12)], iter(rows))
    response = file_response(request, table, file_type)
    content = b"".join(response)
    # Not response.close(): it also says that a request is finished.
    if file := getattr(response, "file_to_stream", None):
        file.close()
    return content


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_looks_like_a_formula_is_disarmed_in_csv(text):
    assert csv_cell(text).startswith("'")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_looks_like_a_formula_stays_a_text_in_xlsx(text):
    cell = load_workbook(BytesIO(served([(text, None)], "xlsx"))).active["A2"]

    assert cell.data_type == "s"
    assert cell.value.strip() == text.strip()


@pytest.mark.parametrize("text", ["水价", "3-2", "a=b", "", "0411-0000"])
def test_an_ordinary_text_stays_as_it_is(text):
    assert csv_cell(text) == text


def test_csv_begins_with_the_mark_that_excel_needs_and_quotes_what_must_be():
    text = served([("甲,乙\n丙“丁”", date(2026, 11, 23))], "csv").decode()

    assert text.startswith("\ufeff名称,日期\r\n")
    assert list(csv.reader(StringIO(text)))[1] == ["甲,乙\n丙“丁”", "2026-11-23"]


def test_what_xml_cannot_hold_is_left_out():
    sheet = load_workbook(BytesIO(served([("甲\x00乙\x0b丙\ud800", date(2026, 11, 23))], "xlsx"))).active

    assert sheet["A2"].value == "甲乙丙"
    assert sheet["B2"].value.date() == date(2026, 11, 23)


def test_a_nul_does_not_reach_the_csv():
    assert "\x00" not in served([("甲\x00乙", None)], "csv").decode()


def test_files_are_converted_where_traditional_characters_are_read():
    rows = [("供水\x1f单位", date(2026, 11, 23))]

    assert "供水單位,2026-11-23" in served(rows, "csv", is_traditional=True).decode()
    assert load_workbook(BytesIO(served(rows, "xlsx", is_traditional=True))).active["A2"].value == "供水單位"


def test_rows_are_taken_one_by_one():
    taken = []

    def rows():
        for number in range(3):
            taken.append(number)
            yield (str(number), None)

    response = file_response(RequestFactory().get("/"), Table("表", [("名称", 9), ("日期", 9)], rows()), "csv")
    first = [next(iter(response)) for _line in range(2)]

    assert len(first) == 2
    assert taken == [0]


def test_what_no_sheet_can_hold_goes_on_the_next_one(monkeypatch):
    monkeypatch.setattr(exports, "ROWS_PER_SHEET", 2)

    book = load_workbook(BytesIO(served([("甲", None), ("乙", None), ("丙", None)], "xlsx")))

    assert [[row[0] for row in sheet.values] for sheet in book.worksheets] == [["名称", "甲", "乙"], ["名称", "丙"]]
