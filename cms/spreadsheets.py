"""Spreadsheets that people fill in: rows as text, and what is wrong with them, column by column."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

MAX_BYTES = 2_000_000
DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")


class SheetError(ValueError):
    """The file as a whole cannot be read; the message is for the person who sent it."""


@dataclass
class SheetRow:
    """One row: its number in the sheet, its values as text, and what is wrong with it, column by column."""

    number: int
    values: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)
    # It says what is there already.
    is_known: bool = False

    @property
    def is_sound(self) -> bool:
        """Is there nothing wrong?"""
        return not self.problems

    def date(self, column: str) -> date | None:
        """Return a date, or None and a problem."""
        text = self.values[column]
        for pattern in DATE_FORMATS if text else ():
            try:
                return datetime.strptime(text, pattern).date()
            except ValueError:
                continue
        if text:
            self.problems[column] = _("“%(text)s”不是日期，例如 2026-11-23。") % {"text": text}
        return None


def read_rows(file: IO[bytes], columns: Collection[str], obligatory: Iterable[str], most: int) -> list[SheetRow]:
    """Return the rows of the first sheet that hold anything in these columns.

    Raises SheetError for what is no XLSX, lacks an obligatory column, or is too long.
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise SheetError(_("文件超过 2 MB，请分几次导入。"))
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        cells = iter(book.worksheets[0].iter_rows(values_only=True))
        heading = [_text(value) for value in next(cells, ())]
    except Exception as error:  # openpyxl raises a dozen unrelated types on what is no workbook
        raise SheetError(_("无法读取：请上传 XLSX 文件（WPS 中可“另存为”）。")) from error
    if missing := [name for name in obligatory if name not in heading]:
        raise SheetError(_("第 1 行缺少列：%(names)s。") % {"names": "、".join(missing)})
    rows = list(_rows(heading, cells, columns))
    if not rows:
        raise SheetError(_("表中没有数据行。"))
    if len(rows) > most:
        raise SheetError(_("一次最多 %(max)d 行，本表有 %(count)d 行。") % {"max": most, "count": len(rows)})
    return rows


def _rows(heading: Sequence[str], cells: Iterator[tuple[Any, ...]], columns: Collection[str]) -> Iterator[SheetRow]:
    for number, values in enumerate(cells, start=2):
        texts = {name: _text(value) for name, value in zip(heading, values, strict=False) if name in columns}
        if any(texts.values()):
            yield SheetRow(number, {name: texts.get(name, "") for name in columns})


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value).replace("\x00", "").strip()
