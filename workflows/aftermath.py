"""What follows from an approval and from a publication: reviews afterwards, hours to come, and what is settled."""

from __future__ import annotations

from typing import Any

from wagtail.models import TaskState, WorkflowState
from wagtail.signals import published, workflow_approved

from accounts.withdrawable import WithdrawableMixin

from .authors import authors_since_approval
from .decisions import RELATED, at_hand, subject_of
from .models import TieredTaskState
from .reviewing import on_published, open_publication_reviews
from .scheduling import note_schedule


def connect() -> None:
    """Connect the receivers."""
    workflow_approved.connect(_on_approved, sender=WorkflowState, dispatch_uid="workflows.aftermath.approved")
    published.connect(_on_published, dispatch_uid="workflows.aftermath.published")


def _on_approved(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    last = last_approval(instance)
    before = subject_of(instance)
    if last is None or before is None:
        return
    is_for_later = last.revision.approved_go_live_at is not None
    if not is_for_later and not getattr(last.draft, "is_due_at_once", False):
        return
    # The workflow state has kept the row as it was before the publication.
    subject = type(before)._base_manager.get(pk=before.pk)
    if is_for_later:
        note_schedule(subject, last.revision, approved_by=last.finished_by, submitted_by=instance.requested_by)
    elif subject.live and subject.tiers_afterwards:
        # With its publication the text counts as approved: who wrote it was asked just before.
        authors = getattr(instance, "authors_published", None) or authors_since_approval(before, instance)
        open_publication_reviews(instance, subject, last.revision, authors)


def last_approval(workflow_state: WorkflowState) -> Any:
    """Return the approval that let it out: the one just given, or, of what waited for others, the latest."""
    current = workflow_state.current_task_state
    if isinstance(current, TieredTaskState) and current.status == TaskState.STATUS_APPROVED:
        return current
    # The screening passes texts, it approves none.
    approvals = TieredTaskState.objects.filter(workflow_state=workflow_state, status=TaskState.STATUS_APPROVED)
    found = approvals.select_related(*RELATED).order_by("-finished_at", "-pk").first()
    return at_hand(found) if found else None


def _on_published(instance: Any, **kwargs: Any) -> None:
    subject = getattr(instance, "specific", instance)
    if isinstance(subject, WithdrawableMixin) and subject.live:
        on_published(subject)
