"""Personal data in a text.

政府信息公开条例第十五条: what would infringe a person's privacy is not made public. A finding names the place and never
holds the whole value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from rules.personal_data import Action, find_personal_data
from rules.screening import Finding, Severity

if TYPE_CHECKING:
    from .texts import Text

FAMILY = "personal_data"
# So many are enough to know that a place must be looked through.
MOST = 5
# Between the cells of a row in a plain text; a tab keeps numbers of neighbouring cells apart.
CELLS = "　"
# 保守国家秘密法: no tier may lift the mark of a secret.
NEVER_BY_EXCEPTION = {"secret_mark"}


def personal_findings(texts: Iterable[Text]) -> Iterator[Finding]:
    """Yield what blocks or is doubted, place by place; what only informs is counted by its kind."""
    counted: Counter[tuple[str, str]] = Counter()
    for text in texts:
        found = find_personal_data(text.text.replace(CELLS, "\t"), official=text.official)
        counted.update((each.kind, each.label) for each in found if each.action == Action.INFO)
        distinct = {(each.kind, each.masked): each for each in found if each.action != Action.INFO}
        yield from _told(text, list(distinct.values()))
    for (kind, label), count in counted.items():
        sentence = _("全文有%(kind)s %(count)d 处。") % {"kind": label, "count": count}
        yield Finding(f"{FAMILY}.{kind}", Severity.INFO, "", sentence)


def _told(text: Text, found: list[Any]) -> Iterator[Finding]:
    """Yield a finding for each of the first few; the last of them says how many there are."""
    where = masked(text.where)
    for number, each in enumerate(found[:MOST], 1):
        blocking = each.action == Action.BLOCK
        sentence = (
            _("%(where)s中有疑似%(kind)s（%(masked)s），公开前须删除或遮挡。")
            if blocking
            else _("%(where)s中有疑似%(kind)s（%(masked)s），请确认可以公开。")
        ) % {"where": where, "kind": each.label, "masked": each.masked}
        if number == MOST and len(found) > MOST:
            sentence += _("此处共 %(count)d 个。") % {"count": len(found)}
        yield Finding(
            f"{FAMILY}.{each.kind}",
            Severity.BLOCK if blocking else Severity.WARN,
            text.field,
            sentence,
            where=where,
            sample=each.masked,
            asks=not blocking,
            exceptional=blocking and each.kind not in NEVER_BY_EXCEPTION,
        )


def masked(text: str) -> str:
    """Mask the personal numbers in a sentence of ours: a title or the name of a file may hold one."""
    for found in reversed(find_personal_data(text)):
        if found.action in (Action.BLOCK, Action.WARN):
            text = f"{text[: found.start]}{found.masked}{text[found.end :]}"
    return text
