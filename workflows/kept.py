"""Which approvals still count when a text comes again: those of exactly the same content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q
from wagtail.models import TaskState, WorkflowState

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Approval:
    """One approval of the same content: at which tier, for which organisation, by whom.

    `is_fresh`: given since the text was last submitted.
    """

    tier: int
    label: str
    organisation: int
    name: str
    person: str
    at: datetime | None
    is_fresh: bool


def approvals_of(model: Any, workflow_state: Any, content_hash: str, authors: set[int]) -> list[Approval]:
    """Return the approvals of this content since the last publication, the latest first. Two queries.

    `model` is the class of the task states. An approval counts only while the person who gave it has not written on
    the text since. What was approved before a publication was used up by it.
    """
    same_subject = Q(
        workflow_state__base_content_type=workflow_state.base_content_type_id,
        workflow_state__object_id=workflow_state.object_id,
    )
    states = model._default_manager.filter(same_subject)
    last = states.aggregate(
        publication=Max("pk", filter=Q(workflow_state__status=WorkflowState.STATUS_APPROVED)),
        back=Max("pk", filter=Q(workflow_state=workflow_state, status=TaskState.STATUS_REJECTED)),
    )
    used_up, last_return = last["publication"] or 0, last["back"] or 0
    found = states.filter(
        status=TaskState.STATUS_APPROVED, content_hash=content_hash, pk__gt=used_up, approver__isnull=False
    ).exclude(finished_by__in=authors)
    return [
        Approval(
            state.task.tieredapprovaltask.tier,
            state.task.tieredapprovaltask.get_tier_display(),
            state.approver_id,
            state.approver.title,
            str(state.finished_by or ""),
            state.finished_at,
            state.workflow_state_id == workflow_state.pk and state.pk > last_return,
        )
        for state in found.select_related("approver", "finished_by", "task__tieredapprovaltask").order_by("-pk")
    ]
