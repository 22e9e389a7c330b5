"""The list of words goes out as a spreadsheet and comes in again: all rows or none."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook, load_workbook

from cms.words.sheet import COLUMNS, read_in, sheet
from ledger.models import Event
from snippets.models import SensitiveWord

pytestmark = pytest.mark.django_db


def book(*rows: list[str]) -> BytesIO:
    made = Workbook()
    made.active.append(list(COLUMNS))
    for row in rows:
        made.active.append(row)
    stream = BytesIO()
    made.save(stream)
    stream.seek(0)
    return stream


def test_what_goes_out_comes_in_unchanged() -> None:
    before = list(SensitiveWord.objects.values_list("word", "severity", "category", "replacement", "note", "is_active"))

    assert read_in(BytesIO(sheet())) == len(before)

    after = SensitiveWord.objects.values_list("word", "severity", "category", "replacement", "note", "is_active")
    assert list(after) == before
    assert Event.objects.get(kind="words.imported").data["count"] == len(before)


def test_a_sheet_adds_words_and_changes_those_it_names() -> None:
    read_in(book(["新词示例", "禁止", "其他", "", "", "是"], ["最佳", "提示", "绝对化用语", "", "", "否"]))

    assert SensitiveWord.objects.get(word="新词示例").severity == "block"
    changed = SensitiveWord.objects.get(word="最佳")
    assert (changed.severity, changed.is_active) == ("info", False)


def test_one_wrong_row_and_nothing_is_written() -> None:
    with pytest.raises(ValidationError) as refused:
        read_in(
            book(["新词示例", "禁止", "", "", "", ""], ["另一词", "严禁", "", "", "", ""], ["词", "", "", "", "", ""])
        )

    told = " ".join(refused.value.messages)
    assert "第 3 行" in told
    assert "第 4 行" in told
    assert not SensitiveWord.objects.filter(word="新词示例").exists()


def test_a_word_that_looks_like_a_formula_goes_out_as_text() -> None:
    SensitiveWord.objects.create(word="=1+1")

    cells = [row[0] for row in load_workbook(BytesIO(sheet())).active.values]

    assert "'=1+1" in cells


@pytest.mark.parametrize("content", [b"", b"no workbook"])
def test_what_is_no_workbook_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(ValidationError, match="无法读取"):
        read_in(BytesIO(content))
