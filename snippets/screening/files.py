"""Files of an object: what they say, and which of them nobody could read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from media.reading import TextState
from rules.screening import Finding, Severity

from .personal import masked
from .texts import Text

if TYPE_CHECKING:
    from media.models import Document

UNREAD = "file.unread"


def texts_of_files(files: Iterable[tuple[str, Document]]) -> Iterator[Text]:
    """Yield the name and the words of each file."""
    for field, document in files:
        document.ensure_read()
        where = _("附件“%(title)s”") % {"title": document.title}
        yield Text(field, _("附件的名称"), f"{document.title}\n{document.filename}")
        yield Text(field, where, document.extracted_text)


def unread_files(files: Iterable[tuple[str, Document]]) -> Iterator[Finding]:
    """Yield the files whose text is not known, or not all of it: whoever approves opens them."""
    for field, document in files:
        state = document.ensure_read()
        if state != TextState.READ:
            names = {"title": masked(document.title), "state": state.label}
            yield Finding(
                UNREAD,
                Severity.WARN,
                field,
                _("附件“%(title)s”没有经过自动审查：%(state)s；审核人须打开附件逐页看过。") % names,
                where=_("附件“%(title)s”") % names,
                # The number tells two files of one title apart.
                sample=str(document.pk),
            )
