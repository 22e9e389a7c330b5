"""What stands in the files of a disclosure finds it; what cannot be read in them stops nothing."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from pypdf import PdfReader, PdfWriter

import media.reading
from media.models import Document
from media.reading import TextState
from pages.models import DisclosurePage
from pages.models.disclosure import DisclosureAttachment
from tests.factories import make_disclosure
from tests.media.samples import docx, pdf, xlsx
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")
WORD = "琥珀计量器"


def attached(town: Town, name: str, content: bytes) -> tuple[DisclosurePage, Document]:
    """Publish a disclosure with a file that was read when it came in."""
    document = Document.objects.create(title="附件", file=ContentFile(content, name))
    document.ensure_read()
    page = make_disclosure(town.water, town.entries["water_price"], title="价目表")
    page.attachments = [DisclosureAttachment(title="附件", document=document)]
    page.save_revision().publish(skip_permission_checks=True)
    # A worker writes the row when all is committed; here it is written with the page, before its files are.
    DisclosurePage.objects.get(pk=page.pk).save()
    document.refresh_from_db()
    return page, document


def encrypted() -> bytes:
    """Return a PDF that nobody opens without its password."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf())))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def bomb() -> bytes:
    """Return a docx that unfolds to a thousand times its size."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 2_000_000 + b"</w>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.docx", docx(WORD), WORD),
        ("a.xlsx", xlsx(WORD), WORD),
        ("a.pdf", pdf("amberometer"), "amberometer"),
        ("a.txt", WORD.encode(), WORD),
        ("a.csv", f"名称,数\n{WORD},1".encode("gb18030"), WORD),
    ],
    ids=["docx", "xlsx", "pdf", "txt", "csv"],
)
def test_a_word_in_a_file_finds_the_disclosure(town: Town, name, content, word):
    page, _document = attached(town, name, content)

    assert [each.pk for each in DisclosurePage.objects.search(word)] == [page.pk]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b""),
        ("a.docx", b""),
        ("a.docx", docx()[:500]),
        ("a.xlsx", b"PK\x03\x04 torn"),
        ("a.pdf", pdf()[:60]),
        ("a.pdf", encrypted()),
    ],
    ids=["empty pdf", "empty docx", "half a docx", "torn xlsx", "half a pdf", "encrypted pdf"],
)
def test_a_file_that_cannot_be_opened_leaves_its_disclosure_to_be_found(town: Town, name, content):
    page, document = attached(town, name, content)

    assert (document.text_state, document.extracted_text) == (TextState.CLOSED, "")
    assert [each.pk for each in DisclosurePage.objects.search("价目表")] == [page.pk]


def test_a_file_that_unfolds_without_end_is_not_unfolded(town: Town, monkeypatch):
    monkeypatch.setattr(media.reading, "UNFOLDED_LIMIT", 1_000_000)

    page, document = attached(town, "a.docx", bomb())

    assert document.text_state == TextState.CLOSED
    assert [each.pk for each in DisclosurePage.objects.search("价目表")] == [page.pk]


def test_of_a_huge_file_the_beginning_is_searched(town: Town):
    page, document = attached(town, "a.txt", (WORD + "。水" * 300_000 + "玛瑙").encode())

    assert document.text_state == TextState.PARTLY
    assert [each.pk for each in DisclosurePage.objects.search(WORD)] == [page.pk]
    assert not DisclosurePage.objects.search("玛瑙", operator="and").count()
