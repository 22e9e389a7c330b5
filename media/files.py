"""What a file contains: its text, and whether it carries macros."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree

from django.utils.translation import gettext as _
from docx import Document as WordDocument
from openpyxl import load_workbook
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT_LIMIT = 200_000
MACRO_SUFFIXES = {".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm", ".ppam", ".potm", ".ppsm", ".xlsb"}
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams of a VBA project inside the old binary formats, as UTF-16 names in the OLE directory.
OLE_MACRO_NAMES = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "VBA", "Macros"))
XLSX_ROWS = 5_000


class UnreadableFileError(ValueError):
    """The file's text cannot be read; the message says why."""


def macro_reason(name: str, content: bytes) -> str | None:
    """Say in Chinese why a file counts as carrying macros, or return None."""
    if Path(name).suffix.lower() in MACRO_SUFFIXES:
        return _("不接受带宏的文件格式，请另存为不带宏的格式（如 docx、xlsx）。")
    if content.startswith(OLE_MAGIC) and any(marker in content for marker in OLE_MACRO_NAMES):
        return _("文件中含有宏，请删除宏后再上传。")
    if content.startswith(b"PK"):
        try:
            names = zipfile.ZipFile(BytesIO(content)).namelist()
        except zipfile.BadZipFile:
            return None
        if any(entry.lower().endswith(("vbaproject.bin", "macros/vba")) for entry in names):
            return _("文件中含有宏，请删除宏后再上传。")
    return None


def _pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() or "" for page in PdfReader(BytesIO(content)).pages)


def _docx(content: bytes) -> str:
    document = WordDocument(BytesIO(content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def _xlsx(content: bytes) -> str:
    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    rows = (row for sheet in book for row in sheet.iter_rows(max_row=XLSX_ROWS, values_only=True))
    return "\n".join(" ".join(str(value) for value in row if value is not None) for row in rows)


def _pptx(content: bytes) -> str:
    archive = zipfile.ZipFile(BytesIO(content))
    slides = sorted(name for name in archive.namelist() if name.startswith("ppt/slides/slide"))
    text = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
    # The archive was uploaded by a signed-in clerk; expat refuses external entities by itself.
    trees = (ElementTree.fromstring(archive.read(name)) for name in slides)  # noqa: S314
    return "\n".join(node.text or "" for tree in trees for node in tree.iter(text))


def _plain(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


READERS: dict[str, Callable[[bytes], str]] = {
    ".pdf": _pdf,
    ".docx": _docx,
    ".xlsx": _xlsx,
    ".pptx": _pptx,
    ".csv": _plain,
    ".txt": _plain,
}


def extract_text(name: str, content: bytes) -> str:
    """Return the text of a file, at most TEXT_LIMIT characters.

    Raises UnreadableFileError for formats without a reader (doc, wps, et, ofd …) and for damaged files.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in READERS:
        raise UnreadableFileError(_("无法读取 %(suffix)s 文件中的文字。") % {"suffix": suffix or name})
    try:
        text = READERS[suffix](content)
    # The four libraries raise a dozen unrelated types on damaged input; all of them mean the same here.
    except Exception as error:
        raise UnreadableFileError(_("文件已损坏或加密，无法读取文字。")) from error
    return text.replace("\x00", "")[:TEXT_LIMIT]


def read_all(file: IO[bytes]) -> bytes:
    """Read an uploaded file from its beginning and rewind it."""
    file.seek(0)
    content = file.read()
    file.seek(0)
    return content
