"""Record what happens in an approval, whoever starts it: in the ledger, in the same transaction."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import ModelSignal
from django.dispatch import Signal
from wagtail.models import WorkflowState
from wagtail.signals import task_approved, task_rejected, workflow_approved, workflow_cancelled, workflow_submitted

from ledger.events import record

from .matters import subject_of
from .models import TieredTaskState

FINISHED = "approval.finished"
OF_WORKFLOW: dict[str, Signal | ModelSignal] = {
    "approval.submitted": workflow_submitted,
    "approval.recalled": workflow_cancelled,
    FINISHED: workflow_approved,
}
OF_TIER: dict[str, Signal | ModelSignal] = {"approval.approved": task_approved, "approval.returned": task_rejected}


def connect() -> None:
    """Listen to what Wagtail announces."""
    for kind, signal in OF_WORKFLOW.items():
        signal.connect(_recorder(kind), sender=WorkflowState, weak=False, dispatch_uid=f"workflows.records.{kind}")
    for kind, signal in OF_TIER.items():
        signal.connect(_recorder(kind), sender=TieredTaskState, weak=False, dispatch_uid=f"workflows.records.{kind}")


def _recorder(kind: str) -> Any:
    def write(instance: Any, user: Any = None, **kwargs: Any) -> None:
        if kind == FINISHED and instance.status != WorkflowState.STATUS_APPROVED:
            return  # a member of a bundle that waits for the others
        facts = _facts(instance) if isinstance(instance, TieredTaskState) else {}
        record(kind, subject_of(instance), actor=user, **facts)

    return write


def _facts(state: TieredTaskState) -> dict[str, Any]:
    return {
        "tier": state.tier,
        "revision": state.revision_id,
        "approver": state.approver.title if state.approver else "",
        "reason": state.reason,
        "comment": state.comment,
        "content_hash": state.content_hash,
    }
