"""The spreadsheet of disclosures: its columns, its blank form, and what stands in its rows."""

from __future__ import annotations

from io import BytesIO
from typing import IO, TYPE_CHECKING

from django.utils.html import escape
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from ..spreadsheets import SheetRow, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from snippets.models import CatalogueEntry

MAX_ROWS = 300
# Column heading → width. The first two are obligatory.
COLUMNS = {"目录编码": 10, "标题": 40, "内容概述": 40, "生成日期": 14, "文号": 22, "关键词": 24, "正文": 80}
OBLIGATORY = ("目录编码", "标题")


def blank_sheet(entries: Iterable[CatalogueEntry]) -> bytes:
    """Return a form to fill in, with the organisation's catalogue on a second sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "公开信息"
    sheet.append(list(COLUMNS))
    for position, width in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width
        sheet.cell(1, position).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    catalogue = book.create_sheet("目录事项")
    catalogue.append(["编码", "事项", "更新时限"])
    for entry in entries:
        catalogue.append([entry.code, entry.title, entry.update_rule_text])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_sheet(file: IO[bytes]) -> list[SheetRow]:
    """Return the rows of the first sheet that hold anything. Raises SheetError (cms.spreadsheets)."""
    return read_rows(file, COLUMNS, OBLIGATORY, MAX_ROWS)


def rich_text(text: str) -> str:
    """Return plain text of a cell as paragraphs."""
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())
