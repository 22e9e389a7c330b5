"""Tables of endpoints: what columns and rows a file has. Machines read the API's names, people read Chinese."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from pages.exports import CSV, XLSX, Book, Lines, Table

from .columns import COLUMNS, NAMES
from .reading import Representation, Rows
from .workshop import Item

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from django.http import HttpRequest

    from .workshop import Workshop

TYPES = {"csv": CSV, "xlsx": XLSX}


def rows_of(endpoint: str, request: HttpRequest | None = None) -> Rows:
    """Return the rows of an endpoint with the fields its table shows."""
    return Rows(endpoint, {column.field for column in COLUMNS[endpoint]}, request)


def table(endpoint: str, file_type: str, rows: Iterable[Representation]) -> Table:
    """Return the table of an endpoint."""
    return Table(force_str(NAMES[endpoint]), _heads(endpoint, file_type), (cells(endpoint, row) for row in rows))


def _heads(endpoint: str, file_type: str) -> list[tuple[Any, int]]:
    """Name the columns: in CSV as the API names the fields, in XLSX in Chinese."""
    return [(each.path if file_type == "csv" else each.title, each.width) for each in COLUMNS[endpoint]]


def cells(endpoint: str, row: Representation) -> tuple[Any, ...]:
    """Return the cells of a row."""
    return tuple(column.value_in(row) for column in COLUMNS[endpoint])


def write_tables(workshop: Workshop, formats: Collection[str]) -> None:
    """Write the tables of all endpoints; each row is read once, whatever the number of formats."""
    for endpoint in COLUMNS:
        with ExitStack() as open_files:
            sinks = [open_files.enter_context(_sink(workshop, endpoint, each)) for each in formats]
            for row in workshop.counted(endpoint, rows_of(endpoint).all()):
                values = cells(endpoint, row)
                for sink in sinks:
                    sink.append(values)


@contextmanager
def _sink(workshop: Workshop, endpoint: str, file_type: str) -> Iterator[Any]:
    """Give what takes the rows of a file."""
    empty = table(endpoint, file_type, ())
    about = _("%(name)s：一行一条，字段同接口 %(endpoint)s 的列表。") % {"name": empty.name, "endpoint": endpoint}
    item = Item(f"{endpoint}.{file_type}", file_type, f"{empty.name}（{file_type.upper()}）", about, TYPES[file_type])
    with workshop.file(item, of=endpoint) as file:
        if file_type == "csv":
            lines = Lines(empty.header, file)
            yield lines
            lines.save()
        else:
            book = Book(empty, empty.header)
            yield book
            book.save(file)
