"""What the author sees while the text is in review: where it is stuck, with whom, since when; after a return, why."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock
from wagtail.models import TaskState, WorkflowState

from accounts.authority import holders
from accounts.models import Duty
from accounts.responsibility import answering_for
from blocks.writing import written_date

# Names of reviewers shown before "等 n 人".
NAMES_SHOWN = 3


class TierLock(WorkflowLock):
    """The lock of a text in review: for everybody, with a sentence that leads on."""

    def get_message(self, user: Any) -> SafeString:
        """Say where it is stuck, and offer what this person can do about it."""
        state = self.object.current_workflow_task_state
        if state.status == TaskState.STATUS_APPROVED:
            arrived = _("已通过全部审核，等待同一批次的其他各件，届时一起公开。")
            return format_html("{} {}", arrived, self._way_on(state, user))
        sentence = format_html(
            # Not a %-format: format_html escapes the names.
            _("<b>{task}：等待“{organisation}”审核</b>（{people}），自 {since} 起。{note}审核期间任何人都不能修改。"),
            task=state.task.name,
            organisation=state.approver.title if state.approver else _("（待定）"),
            people=reviewers_text(state),
            since=written_date(state.started_at),
            note=state.note,
        )
        return format_html("{} {}", sentence, self._way_on(state, user))

    def _way_on(self, state: Any, user: Any) -> SafeString:
        if answering_for(state.workflow_state) == user.pk:
            return _button(reverse("approval:recall", args=[state.workflow_state_id]), _("撤回修改"))
        if self.task.may_decide(self.object, user):
            return _button(reverse("approval:item", args=[state.pk]), _("去审核"))
        return mark_safe("")

    def get_locked_by(self, user: Any, can_lock: bool = False) -> str:
        """Name the lock in the status panel."""
        return _("审核中，已锁定")

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        """Explain the lock in the status panel."""
        return _("提交人撤回或审核员退回之后才能修改")


class ScreeningLock(WorkflowLock):
    """The lock of a text that is being screened in the background."""

    def get_message(self, user: Any) -> SafeString:
        """Say that it is being read, and offer to take it back."""
        state = self.object.current_workflow_task_state
        sentence = format_html(
            _("<b>信息审查中</b>：内容较多，正在后台检查，通过后自动送审；自 {since} 起。审查期间任何人都不能修改。"),
            since=written_date(state.started_at),
        )
        mine = state.workflow_state.requested_by_id == user.pk
        recall = _button(reverse("approval:recall", args=[state.workflow_state_id]), _("撤回修改")) if mine else ""
        return format_html("{} {}", sentence, recall)

    def get_locked_by(self, user: Any, can_lock: bool = False) -> str:
        """Name the lock in the status panel."""
        return _("审查中，已锁定")

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        """Explain the lock in the status panel."""
        return _("审查完成或提交人撤回之后才能修改")


def _button(url: str, label: str) -> SafeString:
    return format_html('<a class="button button-small button-secondary" href="{}">{}</a>', url, label)


def reviewers_text(state: Any) -> str:
    """Name the people who can decide, the first few of them."""
    ids = holders(state.approver, [Duty.REVIEWER]) if state.approver else set()
    people = get_user_model()._default_manager.filter(pk__in=ids).order_by("pk")[:NAMES_SHOWN]
    if not ids:
        return _("该单位尚未任命审核员")
    names = "、".join(map(str, people))
    return names if len(ids) <= NAMES_SHOWN else _("%(names)s 等 %(count)d 人") % {"names": names, "count": len(ids)}


def returned_message(subject: Any) -> SafeString | None:
    """Say who returned a draft and why; None when it was not returned."""
    # Industries and catalogue entries have no workflow.
    workflow_state = getattr(subject, "current_workflow_state", None)
    if workflow_state is None or workflow_state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    state = workflow_state.current_task_state.specific
    if state.status != TaskState.STATUS_REJECTED:
        return None
    if not hasattr(state, "approver"):
        # The screening: nobody stands behind it, its sentences are the reason.
        lines = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in state.comment.splitlines()))
        at = written_date(state.finished_at)
        return format_html(_("<b>{task}</b>（{at}）：{lines}"), task=state.task.name, at=at, lines=lines)
    return format_html(
        _("<b>已退回修改</b>（{task}，{organisation} {person}，{at}）：{comment}"),
        task=state.task.name,
        organisation=getattr(getattr(state, "approver", None), "title", ""),
        person=state.finished_by or "",
        at=written_date(state.finished_at),
        comment=getattr(state, "returned_because", state.comment),
    )
