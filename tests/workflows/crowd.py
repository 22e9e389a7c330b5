"""So many drafts that wait, made without submitting each: for lists that must not mind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState

from pages.bulk import bulk_add
from pages.models import DisclosurePage
from tests.server.database import take_statistics
from tests.town import Town
from workflows.models import ApprovalRoute, TieredApprovalTask, TieredTaskState


def wait_for(town: Town, approver: Any, count: int, units: list[Any]) -> list[DisclosurePage]:
    """Let `count` drafts of the units wait for an organisation, spread over half a year, some of them overdue."""
    author, entry = town.editor("hall"), town.entries["hall_guide"]
    found: list[DisclosurePage] = []
    for number, unit in enumerate(units):
        share = range(number, count, len(units))
        drafts = [DisclosurePage(title=f"待审{each:04d}", entry=entry, live=False, owner=author) for each in share]
        bulk_add(unit, drafts, user=author)
        found += drafts
    _submit(found, approver, author)
    return found


def _submit(drafts: list[DisclosurePage], approver: Any, author: Any) -> None:
    workflow = ApprovalRoute.objects.get(tiers=1).workflow
    task = TieredApprovalTask.objects.get(tier=1)
    base = ContentType.objects.get_for_model(Page)
    kind = ContentType.objects.get_for_model(DisclosurePage)
    states = WorkflowState.objects.bulk_create(
        WorkflowState(
            content_type=kind, base_content_type=base, object_id=str(draft.pk), workflow=workflow, requested_by=author
        )
        for draft in drafts
    )
    revisions = dict(Page.objects.filter(pk__in=[draft.pk for draft in drafts]).values_list("pk", "latest_revision"))
    now = timezone.now()
    for number, (draft, state) in enumerate(zip(drafts, states, strict=True)):
        started = now - timedelta(hours=2 * number)
        waiting = TieredTaskState(
            workflow_state=state,
            task=task,
            revision_id=revisions[draft.pk],
            status=TaskState.STATUS_IN_PROGRESS,
            approver_id=approver.pk,
            due_at=started + timedelta(days=30),
        )
        waiting.save()
        TaskState.objects.filter(pk=waiting.pk).update(started_at=started)
        state.current_task_state_id = waiting.pk
    WorkflowState.objects.bulk_update(states, ["current_task_state"], batch_size=500)
    take_statistics()
