"""Find a new approver for what waits where nobody may decide any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.models import TaskState
from wagtail.signals import task_submitted

from accounts.authority import holders
from accounts.models import Duty

from .authors import authors_since_approval
from .decisions import subject_of
from .models import TieredTaskState
from .routes import resolve

if TYPE_CHECKING:
    from django.db.models import QuerySet


def waiting_at(organisation: Any) -> QuerySet[TieredTaskState]:
    """Return what waits for the decision of this organisation."""
    states = TieredTaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, approver__translation_key=organisation.translation_key
    )
    return states.select_related("workflow_state__requested_by", "revision", "approver", "task__tieredapprovaltask")


def is_stuck(state: TieredTaskState) -> bool:
    """Is there no reviewer of the approving organisation who did not write it?"""
    authors = authors_since_approval(subject_of(state), state.workflow_state)
    return state.approver is None or not holders(state.approver, [Duty.REVIEWER]) - authors


def reroute(state: TieredTaskState, by: Any) -> bool:
    """Send a stuck state to the next organisation that has a reviewer; tell that one. Was there one?"""
    route = resolve(state.workflow_state, state.task.tieredapprovaltask.tier)
    if route.approver is None or route.approver.pk == state.approver_id:
        return False
    state.approver, state.note = route.approver, route.note
    state.save(update_fields=["approver", "note"])
    task_submitted.send(sender=TieredTaskState, instance=state, user=by)
    return True
