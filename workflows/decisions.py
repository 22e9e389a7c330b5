"""Deciding and recalling: one transaction each, the old state checked first."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import TaskState, WorkflowState

from accounts.responsibility import answering_for

from .models import TieredTaskState

APPROVE, REJECT = "approve", "reject"


class NotDecidableError(Exception):
    """Somebody else has decided meanwhile, or this person may not."""


class NotRecallableError(Exception):
    """It is not in review any more, or this person did not submit it."""


def subject_of(state: TaskState | WorkflowState) -> Any:
    """Return what is decided on, as its specific class (a workflow state points at the base page)."""
    workflow_state = state if isinstance(state, WorkflowState) else state.workflow_state
    subject = workflow_state.content_object
    return getattr(subject, "specific", subject)


def may_decide(state: TieredTaskState, user: Any) -> bool:
    """May this person decide on exactly this state now?"""
    subject = subject_of(state)
    current = subject.current_workflow_task_state if subject is not None else None
    return bool(current and current.pk == state.pk and state.task.specific.may_decide(subject, user))


@transaction.atomic
def decide(*, state_id: int, user: Any, action: str, comment: str) -> TieredTaskState:
    """Approve or return what a state stands for, through the task as Wagtail's own view does.

    The row is locked first: two reviewers who press at the same moment decide once. Raises NotDecidableError.
    """
    TaskState.objects.select_for_update().get(pk=state_id)
    state = TieredTaskState.objects.select_related("workflow_state", "task", "revision").get(pk=state_id)
    if not may_decide(state, user):
        raise NotDecidableError
    state.task.specific.on_action(state, user, action, comment=comment)
    return state


def may_recall(workflow_state: WorkflowState, user: Any) -> bool:
    """May this person take back what is in review? Whoever submitted it, or took it over, may."""
    in_review = workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    return bool(in_review and user.is_active and answering_for(workflow_state) == user.pk)


@transaction.atomic
def recall(*, workflow_state_id: int, user: Any) -> WorkflowState:
    """Take back what is in review; it is a draft again. Raises NotRecallableError."""
    workflow_state = WorkflowState.objects.select_for_update(of=("self",)).get(pk=workflow_state_id)
    if not may_recall(workflow_state, user):
        raise NotRecallableError
    workflow_state.cancel(user=user)
    return workflow_state
