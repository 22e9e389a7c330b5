"""Nobody takes a tier out of the way: Wagtail's screens of workflows and tasks are closed, and a text waits for all.

Wagtail goes on with the next task of whatever waits at one that is switched off, and finishes after the last.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Task, Workflow, WorkflowTask

from tests.factories import make_person
from tests.town import Town
from tests.workflows.acts import decide, signed_in, submitted
from workflows.models import TieredApprovalTask, TieredTaskState

W = "wagtailadmin_workflows:"


@pytest.fixture
def second(town: Town) -> TieredTaskState:
    """Return what tier 1 has approved and tier 2 has not."""
    own, _above = town.reviewer("water"), town.reviewer("water_office")
    first = submitted(town)
    decide(own, first)
    state: TieredTaskState = TieredTaskState.objects.get(workflow_state=first.workflow_state_id, status="in_progress")
    return state


def is_public(state: TieredTaskState) -> bool:
    return bool(state.revision.content_object.live)


@pytest.mark.parametrize("name", ["disable_task", "edit_task", "disable", "edit", "enable"])
def test_the_operator_changes_no_way_of_approval(town: Town, second: TieredTaskState, name: str) -> None:
    operator = signed_in(make_person("operator", is_superuser=True))
    workflow = second.workflow_state.workflow
    number = second.task_id if name.endswith("task") else workflow.pk
    rows = {
        "workflow_tasks-TOTAL_FORMS": 0,
        "workflow_tasks-INITIAL_FORMS": 0,
        "name": "没有审核的审核",
        "active": "on",
    }

    operator.post(reverse(W + name, args=[number]), rows)

    assert Task.objects.get(pk=second.task_id).active
    assert Workflow.objects.get(pk=workflow.pk).active
    assert Workflow.objects.get(pk=workflow.pk).name == workflow.name
    second.refresh_from_db()
    assert second.status == second.STATUS_IN_PROGRESS
    assert not is_public(second)


def test_a_tier_that_was_switched_off_lets_nothing_through(second: TieredTaskState) -> None:
    with pytest.raises(ValidationError, match="复审"):
        TieredApprovalTask.objects.get(pk=second.task_id).deactivate()

    assert not is_public(second)


def test_nor_does_one_that_was_taken_out_of_the_workflow(town: Town) -> None:
    reviewer = town.reviewer("water")
    first = submitted(town)
    WorkflowTask.objects.filter(workflow=first.workflow_state.workflow).exclude(task=first.task_id).delete()

    decide(reviewer, first)

    first.refresh_from_db()
    assert first.status == first.STATUS_IN_PROGRESS
    assert not is_public(first)
