"""What somebody is working on, has had approved or withdrawn is not loaded over: a load publishes without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

if TYPE_CHECKING:
    from .report import Report


def is_left_alone(subject: Any, report: Report) -> bool:
    """Is this page or item more than what an earlier load made of it? Then the report says why it stays."""
    reason = _reason(subject)
    if reason:
        report.remarks.append(reason % {"title": subject})
    return bool(reason)


def _reason(subject: Any) -> str:
    """Say why it stays as it is; empty where only loads have written it."""
    if not subject.live and (subject.first_published_at is not None or getattr(subject, "withdrawal", None)):
        return _("“%(title)s”已撤下或已停止公开，本次没有更新，也没有重新公开；确需恢复的，请在后台提交审核。")
    states = _workflow_states(subject)
    if subject.has_unpublished_changes and (subject.live or _is_by_a_person(subject.latest_revision) or states):
        return _("“%(title)s”有人正在修改或正在审核，本次没有更新；请在公开或放弃修改之后再载入一次。")
    if states or _is_by_a_person(subject.live_revision):
        return _("“%(title)s”现在公开的内容是逐级审核批准的，本次没有更新；确需更新的，请在后台修改并提交审核。")
    return ""


def _is_by_a_person(revision: Any) -> bool:
    return revision is not None and revision.user_id is not None


def _workflow_states(subject: Any) -> bool:
    """Is or was it approved, in review, or returned to somebody? This outlives the account of the author."""
    counting = (
        WorkflowState.STATUS_IN_PROGRESS,
        WorkflowState.STATUS_NEEDS_CHANGES,
        WorkflowState.STATUS_APPROVED,
    )
    return bool(subject.workflow_states.filter(status__in=counting).exists())
