"""Personal data in a draft, found before anybody reviews it.

政府信息公开条例第十五条: what would infringe a person's privacy is not made public. A finding names the place and never
holds the whole value. What the files of a draft say is read where it can be extracted (docx, xlsx, pdf, txt, csv).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from blocks.base import plain_text_of
from blocks.kinds import ContentKind
from rules.personal_data import Action, find_personal_data

if TYPE_CHECKING:
    from media.models import Document

# Where the numbers of an organisation belong.
OFFICIAL = {ContentKind.PHONE_LIST, ContentKind.OUTLET_LIST}
# So many are enough to know that a place must be looked through.
MOST = 5
# Between the cells of a row in a plain text; a tab keeps numbers of neighbouring cells apart.
CELLS = "　"

# The form's field, a sentence, and whether it stands in the way of submitting.
Finding = tuple[str, str, bool]


def screened(page: Any) -> Iterator[Finding]:
    """Yield what title, summary, body and files of a record say that must not, or not without a second look."""
    yield from _in_text("title", _("标题"), page.title or "")
    yield from _in_text("summary", _("内容概述"), page.summary)
    for number, block in enumerate(page.body, 1):
        where = _("正文第 %(number)d 块“%(label)s”") % {"number": number, "label": block.block.label}
        text = plain_text_of(block.block, block.value)
        yield from _in_text("body", where, text, official=block.block_type in OFFICIAL)
    for row in page.attachments.all():
        if row.document_id:
            yield from screened_file(row.document)


def screened_file(document: Document) -> Iterator[Finding]:
    """Yield what a file says."""
    yield from _in_text("attachments", _("附件“%(title)s”") % {"title": document.title}, document.extracted_text)


def _in_text(field: str, where: str, text: str, *, official: bool = False) -> Iterator[Finding]:
    told: set[str] = set()
    for found in find_personal_data(text.replace(CELLS, "\t"), official=official):
        if found.action == Action.INFO or found.masked in told or len(told) == MOST:
            continue
        told.add(found.masked)
        blocking = found.action == Action.BLOCK
        sentence = (
            _("%(where)s中有疑似%(kind)s（%(masked)s），公开前须删除或遮挡。")
            if blocking
            else _("%(where)s中有疑似%(kind)s（%(masked)s），请确认可以公开。")
        )
        yield field, sentence % {"where": where, "kind": found.label, "masked": found.masked}, blocking
