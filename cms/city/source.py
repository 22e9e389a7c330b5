"""The folder of a pack: its texts, tables and JSON, each record as `Fields` with the line it stands on."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from .fields import Fields
from .located import Located, parse
from .problems import Place, Problems

# Called with the file's name and the number of records read so far.
Progress = Callable[[str, int], None]
PROGRESS_STEP = 200


def silent(name: str, count: int) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class Source:
    """Where a pack is read from, and whom it tells what is wrong and how far it is."""

    folder: Path
    problems: Problems
    progress: Progress = silent

    def text(self, name: str) -> str | None:
        """Return a file's text without its byte order mark; None (and an error) where it is not UTF-8 text."""
        try:
            raw = (self.folder / name).read_bytes()
        except OSError as error:
            self._unreadable(name, error)
            return None
        if b"\x00" in raw:
            line = raw[: raw.index(b"\x00")].count(b"\n") + 1
            self.problems.error(Place(name, line), _("含有空字符（NUL），文件可能已损坏或不是 UTF-8 编码。"))
            return None
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self._not_utf8(Place(name, raw[: error.start].count(b"\n") + 1))
            return None

    def document(self, name: str) -> Fields | None:
        """Return the object a JSON file holds; None (and an error) where it holds none."""
        text = self.text(name)
        if text is None:
            return None
        try:
            document = parse(text)
        except json.JSONDecodeError as error:
            reason = _("不是合法的 JSON：第 %(column)d 列附近有误。") % {"column": error.colno}
            self.problems.error(Place(name, error.lineno), reason)
            return None
        except (RecursionError, ValueError):
            self.problems.error(Place(name), _("不是合法的 JSON：嵌套过深，或含有 NaN、Infinity 等非法数值。"))
            return None
        if not isinstance(document, Located):
            self.problems.error(Place(name, 1), _("JSON 的最外层应为对象 { }。"))
            return None
        return Fields(document, Place(name, document.line), self.problems)

    def table(self, name: str, columns: Collection[str]) -> Iterator[Fields]:
        """Yield each row of a CSV file, one at a time; report what is no row, pass over blank lines.

        A file that lacks one of the columns yields nothing.
        """
        try:
            with (self.folder / name).open("rb") as stream:
                yield from self._rows(stream, name, columns)
        except OSError as error:
            self._unreadable(name, error)
        except UnicodeDecodeError as error:
            self._not_utf8(Place(name, int(error.reason)))

    def _rows(self, stream: IO[bytes], name: str, columns: Collection[str]) -> Iterator[Fields]:
        header: list[str] | None = None
        count = 0
        for place, cells in self._records(stream, name):
            if header is None:
                header = cells
                if not self._is_header(header, columns, place):
                    return
            elif self._fits(cells, header, place):
                yield Fields(dict(zip(header, cells, strict=True)), place, self.problems)
                count += 1
                if count % PROGRESS_STEP == 0:
                    self.progress(name, count)
        if header is None:
            self.problems.error(Place(name), _("文件是空的，没有表头。"))
        self.progress(name, count)

    def _records(self, stream: IO[bytes], name: str) -> Iterator[tuple[Place, list[str]]]:
        """Yield the records that are not blank, with the line each begins on."""
        reader = csv.reader(_decoded(stream), strict=True)
        begins = 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield Place(name, begins), [cell.strip() for cell in cells]
                begins = reader.line_num + 1
        except csv.Error:
            self.problems.error(Place(name, begins), _("这一行起不是合法的 CSV：请检查引号是否成对、单元格是否过长。"))

    def _is_header(self, header: list[str], columns: Collection[str], place: Place) -> bool:
        missing = [column for column in columns if column not in header]
        doubled = sorted({column for column in header if header.count(column) > 1})
        for column in missing:
            self.problems.error(place, _("缺少列“%(column)s”。") % {"column": column})
        for column in doubled:
            self.problems.error(place, _("列“%(column)s”出现了两次。") % {"column": column})
        return not missing and not doubled

    def _fits(self, cells: list[str], header: list[str], place: Place) -> bool:
        if len(cells) == len(header):
            return True
        counts = {"found": len(cells), "expected": len(header)}
        self.problems.error(place, _("这一行有 %(found)d 格，表头有 %(expected)d 列。") % counts)
        return False

    def _unreadable(self, name: str, error: OSError) -> None:
        self.problems.error(Place(name), _("文件无法读取：%(why)s") % {"why": error.strerror or error})

    def _not_utf8(self, place: Place) -> None:
        self.problems.error(place, _("不是 UTF-8 编码（可能是 GBK）。请用“另存为”选择 UTF-8 后重试。"))


def _decoded(stream: IO[bytes]) -> Iterator[str]:
    for number, raw in enumerate(stream, start=1):
        try:
            yield raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            error.reason = str(number)  # the line: the reader knows no more than the byte within it
            raise
