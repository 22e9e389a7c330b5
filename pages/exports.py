"""Tables as files: CSV for machines, XLSX for people. Rows are taken one by one, however many there are."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from rules.han import to_traditional

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from django.http import HttpRequest, HttpResponseBase
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Row = tuple[Any, ...]

# What a spreadsheet takes for a formula; a title may begin so by accident, or by intent (CSV injection).
FORMULA = re.compile(r"\s*[=+\-@|]|[\t\r]")
# Excel tells UTF-8 from the local code page by this mark alone.
BYTE_ORDER_MARK = "\ufeff"
# What XML, and so XLSX, cannot hold.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SEPARATOR = "\x1f"
WIDEST = 60
# Excel reads 1,048,576 rows.
ROWS_PER_SHEET = 1_000_000
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Table:
    """What goes into a file: its name without ending, the heads of its columns with their widths, its rows."""

    name: str
    columns: Sequence[tuple[Any, int]]
    rows: Iterable[Row]

    @property
    def header(self) -> Row:
        """Return the heads of the columns."""
        return tuple(str(title) for title, _width in self.columns)


def file_response(request: HttpRequest, table: Table, file_type: str) -> HttpResponseBase:
    """Serve a table as a file of the type `csv` or `xlsx`, in the script it is read in."""
    write = {"csv": _as_csv, "xlsx": _as_xlsx}[file_type]
    convert = _to_traditional if getattr(request, "is_traditional", False) else _unchanged
    response = write(table, convert)
    name = f"{convert((table.name,))[0]}.{file_type}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    # The files repeat pages: search engines are to lead to those.
    response["X-Robots-Tag"] = "noindex"
    return response


def _unchanged(row: Row) -> Row:
    return row


def _to_traditional(row: Row) -> Row:
    """Convert the texts of a row in one go; a streamed response passes by the middleware that converts pages."""
    texts = [cell.replace(SEPARATOR, "") if isinstance(cell, str) else "" for cell in row]
    converted = to_traditional(SEPARATOR.join(texts), settings.TRADITIONAL_CONVERSION).split(SEPARATOR)
    return tuple(new if isinstance(old, str) else old for old, new in zip(row, converted, strict=True))


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def _as_csv(table: Table, convert: Callable[[Row], Row]) -> HttpResponseBase:
    writer = csv.writer(_Echo())

    def lines() -> Iterator[str]:
        yield BYTE_ORDER_MARK + writer.writerow(convert(table.header))
        for row in table.rows:
            yield writer.writerow([csv_cell(cell) for cell in convert(row)])

    return StreamingHttpResponse(lines(), content_type=CSV)


def csv_cell(value: Any) -> Any:
    """Write a cell; a text that a spreadsheet would compute gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return value
    text = value.replace("\x00", "")
    return f"'{text}" if FORMULA.match(text) else text


class Lines:
    """A CSV file that is written row by row."""

    def __init__(self, header: Row, file: IO[bytes]) -> None:
        # Detached at the end: the file belongs to whoever gave it.
        self._text = TextIOWrapper(file, "utf-8", newline="", write_through=True)
        self._text.write(BYTE_ORDER_MARK)
        self._writer = csv.writer(self._text)
        self._writer.writerow(header)

    def append(self, row: Row) -> None:
        """Add a row."""
        self._writer.writerow([csv_cell(cell) for cell in row])

    def save(self) -> None:
        """End the file."""
        self._text.detach()


class Book:
    """An XLSX file that is written row by row; what no sheet can hold any more goes on the next one."""

    def __init__(self, table: Table, header: Row) -> None:
        self._table, self._header = table, header
        self._book = Workbook(write_only=True)
        self._begin_sheet()

    def append(self, row: Row) -> None:
        """Add a row."""
        if self._rows == ROWS_PER_SHEET:
            self._begin_sheet()
        self._sheet.append(_filled(self._cells, row))
        self._rows += 1

    def save(self, file: IO[bytes]) -> None:
        """Write the file."""
        self._book.save(file)

    def _begin_sheet(self) -> None:
        number = len(self._book.sheetnames) + 1
        name = re.sub(r"[\[\]:*?/\\]", " ", self._table.name)[:26]
        self._rows, self._sheet = 0, self._book.create_sheet(name if number == 1 else f"{name} {number}")
        self._sheet.freeze_panes = "A2"
        for place, (_title, width) in enumerate(self._table.columns, start=1):
            self._sheet.column_dimensions[get_column_letter(place)].width = min(width, WIDEST)
        head, self._cells = (_cells(self._sheet, self._table, bold=bold) for bold in (True, False))
        self._sheet.append(_filled(head, self._header))


def _as_xlsx(table: Table, convert: Callable[[Row], Row]) -> HttpResponseBase:
    book = Book(table, convert(table.header))
    for row in table.rows:
        book.append(convert(row))
    file = TemporaryFile()  # noqa: SIM115 (the response closes it)
    book.save(file)
    file.seek(0)
    return FileResponse(file, content_type=XLSX)


def _cells(sheet: WriteOnlyWorksheet, table: Table, *, bold: bool) -> list[WriteOnlyCell]:
    """Make the cells of one row, to be filled again and again: what is appended is written at once."""
    cells = [WriteOnlyCell(sheet) for _column in table.columns]
    for cell in cells:
        cell.alignment, cell.font = Alignment(vertical="top", wrap_text=True), Font(bold=bold)
    return cells


def _filled(cells: list[WriteOnlyCell], row: Row) -> list[WriteOnlyCell]:
    """Put the values of a row in its cells; a text stays a text, also where it looks like a formula or an error."""
    for cell, value in zip(cells, row, strict=True):
        cell.value = NOT_IN_XML.sub("", value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"
    return cells
