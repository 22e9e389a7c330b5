"""What the text of a file is, and how much of it could be read: docx, xlsx, pptx, pdf, csv, txt."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from django.db import models
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from pypdf import PageObject, PdfReader

TEXT_LIMIT = 200_000
XLSX_ROWS = 5_000
UNFOLDED_LIMIT = 400_000_000
# A paper with less text than this and pictures in it is a scan.
SCANT = 50
# Text of a docx beside its body: what Word does not show is published all the same.
DOCX_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
PICTURES = re.compile(r"(word|ppt|xl)/media/")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


class TextState(models.TextChoices):
    """How much of a file's text is known."""

    UNKNOWN = "", _("尚未读取")
    READ = "read", _("已读取")
    PARTLY = "partly", _("只读取了一部分")
    SCANNED = "scanned", _("扫描件或图片，没有文字")
    FORMAT = "format", _("不能读取这种格式")
    CLOSED = "closed", _("已加密或损坏，打不开")


@dataclass(frozen=True)
class Reading:
    """The text of a file, and how much of it that is."""

    text: str
    state: TextState = TextState.READ

    def cut(self) -> Reading:
        """Keep what a database can store, at most TEXT_LIMIT characters."""
        text = self.text.replace("\x00", "")
        whole = len(text) <= TEXT_LIMIT
        return Reading(text[:TEXT_LIMIT], self.state if whole else TextState.PARTLY)


def read(name: str, content: bytes) -> Reading:
    """Read a file by the ending of its name; what cannot be read says why in its state."""
    reader = READERS.get(Path(name).suffix.lower())
    if reader is None:
        return Reading("", TextState.FORMAT)
    try:
        return reader(content).cut()
    # The four libraries raise a dozen unrelated types on damaged input; all of them mean the same here.
    except Exception:
        return Reading("", TextState.CLOSED)


def _pdf(content: bytes) -> Reading:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        # Many papers only forbid printing: an empty password opens them.
        reader.decrypt("")
    pages = [(page.extract_text() or "", page) for page in reader.pages]
    silent = [page for text, page in pages if not text.strip() and _has_pictures(page)]
    state = TextState.READ
    if silent:
        state = TextState.SCANNED if len(silent) == len(pages) else TextState.PARTLY
    return Reading("\n".join(text for text, _page in pages), state)


def _has_pictures(page: PageObject) -> bool:
    resources = page.get("/Resources")
    return bool(resources is not None and "/XObject" in resources.get_object())


def _archive(content: bytes) -> zipfile.ZipFile:
    """Open an office file, unless it unfolds to more than a paper holds."""
    archive = zipfile.ZipFile(BytesIO(content))
    if (size := sum(each.file_size for each in archive.infolist())) > UNFOLDED_LIMIT:
        raise ValueError(size)
    return archive


def _docx(content: bytes) -> Reading:
    archive = _archive(content)
    names = archive.namelist()
    parts = sorted((name for name in names if DOCX_PARTS.fullmatch(name)), key=lambda name: "document" not in name)
    if not parts:
        raise ValueError(names)
    # The archive was uploaded by a signed-in clerk; expat refuses external entities by itself.
    trees = [ElementTree.fromstring(archive.read(name)) for name in parts]  # noqa: S314
    text = "\n".join(line for tree in trees for line in _lines(tree))
    return Reading(text, _scan_or_read(text, names))


def _lines(element: ElementTree.Element) -> Iterator[str]:
    """Yield the paragraphs of a part, and the rows of its tables with tabs between the cells."""
    for child in element:
        if child.tag == f"{W}tr":
            yield "\t".join(" ".join(_lines(cell)) for cell in _cells(child))
        elif child.tag == f"{W}p":
            yield "".join(_runs(child))
        else:
            yield from _lines(child)


def _cells(row: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Yield the cells of a row, those within a form's frame included."""
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        else:
            yield from _cells(child)


def _runs(paragraph: ElementTree.Element) -> Iterator[str]:
    """Yield the words of a paragraph, those struck out and those in its frames included."""
    for node in paragraph.iter():
        if node.tag in (f"{W}t", f"{W}delText"):
            yield node.text or ""
        elif node.tag in (f"{W}tab", f"{W}br", f"{W}cr") or (node.tag == f"{W}p" and node is not paragraph):
            yield "\t"


def _scan_or_read(text: str, names: list[str]) -> TextState:
    scanned = len(text.strip()) < SCANT and any(PICTURES.match(name) for name in names)
    return TextState.SCANNED if scanned else TextState.READ


def _xlsx(content: bytes) -> Reading:
    _archive(content)
    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    lines: list[str] = []
    whole = True
    for sheet in book:
        for number, row in enumerate(sheet.iter_rows(max_row=XLSX_ROWS + 1, values_only=True), 1):
            whole = whole and number <= XLSX_ROWS
            lines.append("\t".join(str(value) for value in row if value is not None))
    return Reading("\n".join(lines), TextState.READ if whole else TextState.PARTLY)


def _pptx(content: bytes) -> Reading:
    archive = _archive(content)
    names = archive.namelist()
    slides = sorted(name for name in names if re.match(r"ppt/(slides/slide|notesSlides/notesSlide)", name))
    trees = (ElementTree.fromstring(archive.read(name)) for name in slides)  # noqa: S314 (as above)
    text = "\n".join("".join(run.text or "" for run in p.iter(f"{A}t")) for tree in trees for p in tree.iter(f"{A}p"))
    return Reading(text, _scan_or_read(text, names))


def _plain(content: bytes) -> Reading:
    try:
        return Reading(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Reading(content.decode("gb18030", errors="replace"))


READERS: dict[str, Callable[[bytes], Reading]] = {
    ".pdf": _pdf,
    ".docx": _docx,
    ".xlsx": _xlsx,
    ".pptx": _pptx,
    ".csv": _plain,
    ".txt": _plain,
}
