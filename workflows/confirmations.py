"""What an approver says to have looked at before approving: files nobody could screen, doubts, exceptions.

Kept with the state of the tier (`TieredTaskState.confirmed`); without it no way of approving goes through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ledger.events import record
from rules.screening import Answer

from .matters import subject_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rules.screening import Finding

UNREAD = "file.unread"


class NotConfirmedError(ValidationError):
    """Something has not been looked at yet."""


@dataclass(frozen=True)
class Tick:
    """One thing to confirm: its key, and the sentence that is confirmed."""

    key: str
    label: str


def note_screenings(states: Collection[Any]) -> None:
    """Let each of many states know its screening (`TieredTaskState.screened`). One query."""
    model = apps.get_model("workflows", "ScreeningTaskState")
    rows = model._default_manager.filter(workflow_state__in=[each.workflow_state_id for each in states])
    found = {(row.workflow_state_id, row.revision_id): row for row in rows.order_by("pk")}
    for each in states:
        each.screened = found.get((each.workflow_state_id, each.revision_id))


def needed(state: Any) -> list[Tick]:
    """Return what must be confirmed before this tier approves."""
    known = state.screening
    ticks = {tick.key: tick for finding in known.findings for tick in _ticks(finding)}
    if known.exceptions and _decides_exceptions(state):
        ticks |= {each.key: Tick(each.key, _exception(each)) for each in known.exceptions}
    return list(ticks.values())


def _ticks(finding: Finding) -> Iterator[Tick]:
    if finding.code == UNREAD:
        yield Tick(finding.key, _("%(where)s：已打开附件逐页看过，没有不应公开的内容。") % {"where": finding.where})
    elif finding.is_open:
        yield Tick(finding.key, _("提交人没有确认：%(sentence)s我已核对，可以公开。") % {"sentence": finding.sentence})


def _exception(finding: Finding) -> str:
    names = {"where": finding.where, "sample": finding.sample, "reason": finding.reason}
    return _("同意例外公开%(where)s中的 %(sample)s。申请理由：%(reason)s") % names


def _decides_exceptions(state: Any) -> bool:
    """Does this organisation stand where the third tier is decided: at the head of the chain or above it?"""
    organisation = getattr(subject_of(state), "responsible_organisation", None)
    if organisation is None or state.approver is None:
        return False
    return bool(state.approver.depth <= organisation.specific_deferred.head_of_chain.depth)


def confirm(state: Any, keys: Collection[str], user: Any) -> None:
    """Note with the state what somebody confirms; saved with the decision."""
    chosen = [tick for tick in needed(state) if tick.key in keys]
    state.confirmed = [{"key": tick.key, "label": tick.label} for tick in chosen]
    if chosen:
        labels = [tick.label for tick in chosen]
        record("approval.confirmed", subject_of(state), actor=user, confirmed=labels, revision=state.revision_id)


def require_confirmed(state: Any) -> None:
    """Refuse to approve while something has not been confirmed. Raises NotConfirmedError."""
    given = {row["key"] for row in state.confirmed}
    if missing := [tick.label for tick in needed(state) if tick.key not in given]:
        raise NotConfirmedError([_("批准前请逐项确认："), *missing])


def answered_text(finding: Finding, people: dict[int, str]) -> str:
    """Say what the author said about a finding, and who that was."""
    names = {"person": people.get(finding.by or 0, _("提交人")), "reason": finding.reason}
    if finding.answer == Answer.CONFIRMED:
        return _("%(person)s已确认可以公开") % names
    if finding.answer == Answer.EXCEPTION:
        return _("%(person)s申请例外公开：%(reason)s") % names
    return ""
