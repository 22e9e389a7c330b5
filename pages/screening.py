"""The whole screening of a page: what can be asked of any object, and what only pages know.

Legal notice time, required elements of a guide, and what the industry's template asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from blocks.kinds import ContentKind
from blocks.story import plain_text
from rules.screening import Finding, Screening, Severity
from snippets.screening import answers_of, screen_texts

from .industry_templates import industry_findings
from .notice_time import notice_time_findings

GUIDE_MISSING = "guide.missing"
PROCEDURE = "procedure"


def screened(page: Any) -> Screening:
    """Return what is found in a page, with what its author said about it."""
    found = [*screen_texts(page)]
    if hasattr(page, "entry_id"):
        found += [*notice_time_findings(page), *guide_findings(page), *industry_findings(page)]
    return Screening.of(found).answered(answers_of(page))


def guide_findings(page: Any) -> Iterator[Finding]:
    """Yield the elements that a guide written as free text does not mention; the block for guides asks for them."""
    entry = page.entry if page.entry_id else None
    if entry is None or entry.content_kind != ContentKind.PROCEDURE or not page.body:
        return
    if any(block.block_type == PROCEDURE for block in page.body):
        return
    text = plain_text(page.body)
    missing = [name for name, words in _elements() if not any(word in text for word in words)]
    if missing:
        names = {"names": _("、").join(missing)}
        sentence = _("办事指南的正文没有提到：%(names)s。请改用“办理程序”，或在正文中补充。") % names
        yield Finding(GUIDE_MISSING, Severity.WARN, "body", sentence, where=_("正文"))


def _elements() -> list[tuple[str, tuple[str, ...]]]:
    """Name what a guide tells, each with the words that show it (国务院令第716号 在线政务服务若干规定 §7)."""
    return [
        (_("办理依据"), ("依据", "根据", "规定")),
        (_("条件"), ("条件", "对象", "可以办")),
        (_("材料"), ("材料", "证件", "资料")),
        (_("步骤"), ("步骤", "流程", "程序")),
        (_("时限"), ("时限", "工作日", "当场", "日内")),
        (_("收费"), ("收费", "费用", "免费")),
        (_("地点"), ("地点", "地址", "窗口")),
        (_("电话"), ("电话", "热线")),
    ]
