"""The findings of the screening as the approval screen shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from blocks.writing import written_date
from rules.screening import Answer, Severity

from .confirmations import answered_text

if TYPE_CHECKING:
    from rules.screening import Finding

    from .models import ScreeningTaskState, TieredTaskState

NOTICE_TIME = "notice_time"


@dataclass(frozen=True)
class Row:
    """One finding, what it means in two words, and what its author said."""

    finding: Finding
    label: str
    answer: str


def findings_context(state: TieredTaskState) -> dict[str, Any]:
    """Return the findings about the revision of a tier: what matters, what is only listed, and how the links stand."""
    screened = state.screened
    if screened is None:
        return {}
    findings = screened.screening.findings
    asked = {finding.by for finding in findings if finding.by}
    people = {person.pk: str(person) for person in get_user_model()._default_manager.filter(pk__in=asked)}
    rows = [Row(finding, _label(finding), answered_text(finding, people)) for finding in findings]
    return {
        "found": [row for row in rows if _matters(row.finding)],
        "listed": [row for row in rows if not _matters(row.finding)],
        "links": _links(screened),
    }


def _matters(finding: Finding) -> bool:
    return finding.severity != Severity.INFO or finding.family == NOTICE_TIME


def _label(finding: Finding) -> str:
    if finding.answer == Answer.EXCEPTION:
        return _("例外")
    if finding.answer == Answer.CONFIRMED:
        return _("已确认")
    return {Severity.BLOCK: _("禁止"), Severity.WARN: _("注意"), Severity.INFO: _("提示")}[finding.severity]


def _links(screened: ScreeningTaskState) -> str:
    if screened.links_checked_at is None:
        return ""
    return _("链接核验于 %(at)s。") % {"at": written_date(screened.links_checked_at)}
