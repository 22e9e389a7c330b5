"""Letters to those who must act now: reviewers of what arrived. Submitters hear what came back or is out.

Wagtail's own notifiers know groups only and send within the approving transaction; ours take their place. What is
decided, recalled or deleted waits for nobody any more: its letters say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models.signals import post_delete
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_approved,
    task_cancelled,
    task_rejected,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from accounts.responsibility import answering_for
from ledger.letters import Message, settle, write

from .bundle_letters import is_quiet
from .decisions import subject_of
from .limits import limit_in_words
from .models import TieredTaskState
from .routes import able
from .trail import tier_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SUBMITTED, RETURNED, PUBLISHED = "approval.submitted", "approval.returned", "approval.published"
STOCK = {
    workflow_submitted: "workflow_state_submitted_email_notification",
    workflow_rejected: "workflow_state_rejected_email_notification",
    workflow_approved: "workflow_state_approved_email_notification",
}
ENDS = {"approved": task_approved, "rejected": task_rejected, "cancelled": task_cancelled}


def connect() -> None:
    """Put our letters in the place of Wagtail's mail. Called when Wagtail has connected its own."""
    for signal, name in STOCK.items():
        signal.disconnect(sender=WorkflowState, dispatch_uid=name)
    task_submitted.connect(_on_submitted, sender=TieredTaskState, dispatch_uid="workflows.letters.submitted")
    workflow_rejected.connect(_on_returned, sender=WorkflowState, dispatch_uid="workflows.letters.returned")
    workflow_approved.connect(_on_published, sender=WorkflowState, dispatch_uid="workflows.letters.published")
    for name, signal in ENDS.items():
        signal.connect(_on_end, sender=TieredTaskState, dispatch_uid=f"workflows.letters.{name}")
    post_delete.connect(_on_end, sender=TieredTaskState, dispatch_uid="workflows.letters.deleted")


def matter_of(state: TaskState) -> str:
    """Name what the letters about a task state are about."""
    return f"approval:{state.pk}"


def may_decide_on(state: TieredTaskState) -> set[int]:
    """Return the ids of those who may decide now: reviewers of the approving organisation who are not barred."""
    return able(state.approver, state.barred.at(state.approver)) if state.approver else set()


def _on_submitted(instance: TieredTaskState, **kwargs: Any) -> None:
    if is_quiet():
        return
    subject = subject_of(instance)
    message = Message(
        SUBMITTED,
        _said(lambda: _("待%(tier)s：%(title)s") % _names(instance, subject)),
        _said(lambda: _arrived(instance, subject)),
        reverse("approval:item", args=[instance.pk]),
        must_act=True,
        matter=matter_of(instance),
        organisation=subject.responsible_organisation,
    )
    # What had been refused by screening has passed.
    settle(f"screening:{instance.workflow_state_id}")
    write(_people(may_decide_on(instance)), message)


def _arrived(state: TieredTaskState, subject: Any) -> str:
    words = _("“%(organisation)s”的《%(title)s》等待“%(approver)s”%(tier)s，提交人：%(submitter)s。")
    limit, please = limit_in_words(state), _("请打开下面的地址，核对内容后批准或退回：")
    return "\n\n".join(part for part in (words % _names(state, subject), state.note, limit, please) if part)


def _on_returned(instance: WorkflowState, **kwargs: Any) -> None:
    """Tell the submitter, who works from the reason, and those who had approved."""
    state = _last(instance)
    if state is None or is_quiet():
        return
    approved = TieredTaskState.objects.filter(workflow_state=instance, status=TaskState.STATUS_APPROVED)
    told = {answering_for(instance), *approved.values_list("finished_by", flat=True)}
    _tell(RETURNED, state, told, lambda names: _("已退回修改：%(title)s") % names, _came_back)


def _came_back(names: dict[str, Any]) -> str:
    words = _("《%(title)s》在%(tier)s时被“%(approver)s”（%(reviewer)s）退回，原因：") % names
    return "\n\n".join([words, names["comment"], _("由提交人修改后再次提交：")])


def _on_published(instance: WorkflowState, **kwargs: Any) -> None:
    state = _last(instance)
    # What waits for its hour is not public yet (`scheduling`); a bundle writes for its members.
    if state is not None and not is_quiet() and state.revision.approved_go_live_at is None:
        told = {answering_for(instance)}
        _tell(PUBLISHED, state, told, lambda names: _("已公开：%(title)s") % names, _is_out)


def _is_out(names: dict[str, Any]) -> str:
    return _("《%(title)s》已通过全部审核并公开，提交人：%(submitter)s。") % names


def _on_end(instance: TieredTaskState, user: Any = None, **kwargs: Any) -> None:
    settle(matter_of(instance), by=user)


def _last(workflow_state: WorkflowState) -> TieredTaskState | None:
    if isinstance(workflow_state.current_task_state, TieredTaskState):
        return workflow_state.current_task_state
    states = TieredTaskState.objects.select_related("approver", "finished_by", "task__tieredapprovaltask")
    return states.filter(pk=workflow_state.current_task_state_id).first()


def _tell(
    kind: str, state: TieredTaskState, ids: Iterable[int | None], heading: Callable[..., str], body: Callable[..., str]
) -> None:
    """Write to people about a task state, as information; not to whoever did it."""
    subject = subject_of(state)
    message = Message(
        kind,
        _said(lambda: heading(_names(state, subject))),
        _said(lambda: body(_names(state, subject))),
        AdminURLFinder().get_edit_url(subject) or reverse("wagtailadmin_home"),
        organisation=subject.responsible_organisation,
    )
    write(_people(set(ids) - {state.finished_by_id}), message)


def _names(state: TieredTaskState, subject: Any) -> dict[str, Any]:
    return {
        "title": state.revision.object_str,
        "tier": tier_label(state),
        "organisation": getattr(subject.responsible_organisation, "title", ""),
        "approver": getattr(state.approver, "title", ""),
        "submitter": state.workflow_state.requested_by or "",
        "reviewer": state.finished_by or "",
        "comment": state.returned_because,
    }


def _said(words: Callable[[], str]) -> Any:
    """Say it in the language of whoever reads it."""
    return lazy(words, str)()


def _people(ids: Iterable[int | None]) -> Any:
    return get_user_model()._default_manager.filter(pk__in=[pk for pk in ids if pk is not None], is_active=True)
