"""Words of the list in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from rules.screening import Finding, Severity

from ..models.sensitive_word import Listed, words
from .personal import masked

if TYPE_CHECKING:
    from .texts import Text

FAMILY = "word"


def word_findings(texts: Iterable[Text]) -> Iterator[Finding]:
    """Yield each word of the list once for each place it stands in."""
    listed = words()
    for text in texts:
        for row in listed.find(text.text):
            where = masked(text.where)
            yield Finding(
                f"{FAMILY}.{row.category}",
                Severity(row.severity),
                text.field,
                _sentence(row, where),
                where=where,
                sample=row.word,
                asks=row.severity == Severity.WARN,
            )


def _sentence(row: Listed, where: str) -> str:
    names = {"where": where, "word": row.word, "category": row.category_label, "other": row.replacement}
    parts = [_("%(where)s中有“%(word)s”（%(category)s）") % names]
    parts += [_("建议改为“%(other)s”") % names] if row.replacement else []
    parts += [row.note.rstrip("。")] if row.note else []
    if row.severity == Severity.BLOCK:
        parts.append(_("删去后才能提交"))
    elif row.severity == Severity.WARN:
        parts.append(_("请修改，或确认可以公开"))
    return "，".join(parts) + "。"
