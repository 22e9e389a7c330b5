"""Uploaded files: whether they carry macros, and their bytes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

MACRO_SUFFIXES = {".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm", ".ppam", ".potm", ".ppsm", ".xlsb"}
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams of a VBA project inside the old binary formats, as UTF-16 names in the OLE directory.
OLE_MACRO_NAMES = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "VBA", "Macros"))


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


def read_all(file: IO[bytes]) -> bytes:
    """Read an uploaded file from its beginning and rewind it."""
    file.seek(0)
    content = file.read()
    file.seek(0)
    return content
