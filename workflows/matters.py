"""What a tier is resolved for, read from a workflow state and its draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Task, WorkflowState

from .authors import Barred, authors_since_approval, decided_before
from .kept import approvals_of
from .routes import Matter

if TYPE_CHECKING:
    from wagtail.models import TaskState


def subject_of(state: TaskState | WorkflowState) -> Any:
    """Return what is decided on, as its specific class (a workflow state points at the base page)."""
    workflow_state = state if isinstance(state, WorkflowState) else state.workflow_state
    at_hand = WorkflowState._meta.get_field("content_object").is_cached(workflow_state)
    subject = workflow_state.content_object if at_hand else _fetched(workflow_state)
    return getattr(subject, "specific", subject)


def _fetched(workflow_state: WorkflowState) -> Any:
    """Fetch what is decided on in one query; the workflow state keeps it as it would keep what it fetches itself."""
    model: Any = ContentType.objects.get_for_id(workflow_state.content_type_id).model_class()
    base: Any = ContentType.objects.get_for_id(workflow_state.base_content_type_id).model_class()
    subject = model._base_manager.filter(pk=workflow_state.object_id).first() if model and base else None
    if subject is None:
        return workflow_state.content_object
    kept = subject
    if base is not model:
        kept = base(**{each.attname: getattr(subject, each.attname) for each in base._meta.concrete_fields})
        kept._state = subject._state
        kept.specific = subject
    WorkflowState._meta.get_field("content_object").set_cached_value(workflow_state, kept)
    return kept


def follow_the_draft(workflow_state: Any, draft: Any) -> None:
    """Let the draft be approved by as many tiers as it needs now; the caller saves.

    The entry may have been changed after a return, or its tiers by the operator during review.
    """
    required = draft.get_workflow()
    if required is not None and required.pk != workflow_state.workflow_id:
        workflow_state.workflow = required


def matter_of(workflow_state: Any, task: Any, content_hash: str) -> Matter:
    """Gather what the route of a tier depends on. Raises ValueError for what belongs to no organisation."""
    subject = subject_of(workflow_state)
    organisation = subject.responsible_organisation
    if organisation is None:
        raise ValueError(f"{subject!r} belongs to no organisation")
    authors = authors_since_approval(subject, workflow_state)
    return Matter(
        organisation.specific_deferred,
        Barred(authors, decided_before(task.task_state_class, workflow_state, task.pk, content_hash)),
        approvals_of(task.task_state_class, workflow_state, content_hash, authors),
        is_last=_is_last(workflow_state, task),
        reach=reach_of(subject),
    )


def reach_of(subject: Any) -> int | None:
    """Return the depth of the superior that took it back from the public; None where none did."""
    office = subject.withdrawing_office
    return office.depth if office is not None else None


def _is_last(workflow_state: Any, task: Any) -> bool:
    ordered = Task.objects.filter(workflow_tasks__workflow=workflow_state.workflow_id, active=True)
    last = ordered.order_by("-workflow_tasks__sort_order").values_list("pk", flat=True).first()
    return bool(last == task.pk)
