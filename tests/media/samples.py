"""Small files of each kind, made when asked for."""

from __future__ import annotations

import zipfile
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as WordDocument
from openpyxl import Workbook
from PIL import Image as Picture

TEXT = "居民用水价格"


def docx(text: str = TEXT) -> bytes:
    """Return a Word file with a paragraph and a table."""
    document = WordDocument()
    document.add_paragraph(text)
    document.add_table(rows=1, cols=1).cell(0, 0).text = "每立方米 2.85 元"
    return saved(document)


def xlsx(text: str = TEXT) -> bytes:
    """Return a workbook with two cells."""
    book = Workbook()
    book.active.append([text, 2.85])
    return saved(book)


def pdf(text: str = "Water price") -> bytes:
    """Return a PDF of one line, written by hand."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )
    return body + end


def with_macros(office_file: bytes, name: str = "word/vbaProject.bin") -> bytes:
    """Put a macro project into a docx or xlsx."""
    stream = BytesIO(office_file)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, b"macros")
    return stream.getvalue()


def png(width: int = 8) -> bytes:
    """Return a small picture."""
    stream = BytesIO()
    Picture.new("RGB", (width, 6), "white").save(stream, "PNG")
    return stream.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """Return what a browser sends."""
    return SimpleUploadedFile(name, content)


def saved(document: object) -> bytes:
    """Return the bytes of a Word file or workbook."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
