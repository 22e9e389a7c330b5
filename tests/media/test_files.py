"""What is read from a file, and which files are refused."""

from __future__ import annotations

import pytest

from media.files import macro_reason
from media.reading import TEXT_LIMIT, TextState, read

from .samples import TEXT, docx, pdf, with_macros, xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("价格.docx", docx(), TEXT),
        ("价格.DOCX", docx(), "每立方米 2.85 元"),
        ("价格.xlsx", xlsx(), f"{TEXT}\t2.85"),
        ("price.pdf", pdf(), "Water price"),
        ("价格.txt", TEXT.encode(), TEXT),
        ("价格.csv", TEXT.encode("gb18030"), TEXT),
    ],
    ids=["docx", "a table in a docx", "xlsx", "pdf", "utf-8", "gb18030"],
)
def test_the_text_of_a_file_is_read(name, content, text):
    found = read(name, content)

    assert text in found.text
    assert found.state == TextState.READ


def test_what_a_database_cannot_store_is_left_out_and_the_rest_cut():
    found = read("a.txt", b"\x00" + b"a" * (TEXT_LIMIT + 5))

    assert found.text == "a" * TEXT_LIMIT
    assert found.state == TextState.PARTLY


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xlsx", "a.pptx"])
@pytest.mark.parametrize("content", [b"", b"no such file", b"PK\x03\x04 torn"], ids=["empty", "other", "torn"])
def test_a_damaged_file_is_said_to_be_damaged(name, content):
    assert read(name, content).state == TextState.CLOSED


@pytest.mark.parametrize("ending", ["wps", "et", "doc", "xls", "ppt", "ofd", "zip"])
def test_a_format_without_a_reader_is_said_to_be_one(ending):
    assert read(f"报告.{ending}", b"anything").state == TextState.FORMAT


@pytest.mark.parametrize("name", ["a.docm", "a.XLSM", "a.pptm", "a.xlsb", "a.dotm"])
def test_formats_for_macros_are_refused_by_name(name):
    assert "另存为不带宏的格式" in str(macro_reason(name, b""))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", with_macros(docx())),
        ("a.xlsx", with_macros(xlsx(), "xl/VBAPROJECT.BIN")),
        ("a.zip", with_macros(docx(), "inside/vbaProject.bin")),
        ("a.doc", OLE + "_VBA_PROJECT".encode("utf-16-le")),
    ],
    ids=["docx", "xlsx", "zip", "doc"],
)
def test_macros_inside_are_found_whatever_the_name_says(name, content):
    assert "含有宏" in str(macro_reason(name, content))


@pytest.mark.parametrize("content", [docx(), xlsx(), pdf(), b"PK torn", b"", OLE])
def test_files_without_macros_are_accepted(content):
    assert macro_reason("a.docx", content) is None
