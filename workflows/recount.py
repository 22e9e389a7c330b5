"""Count the limits of what waits anew when the calendar changes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.models import TaskState

from snippets.models import CalendarDay
from snippets.workdays import calendar_changed, workday_calendar

from .limits import count_from
from .models import ApprovalLimits, TieredTaskState, Told

CLOCK = ["counted_from", "limit_days", "due_at", "is_provisional", "told"]


def connect() -> None:
    """Listen to the calendar."""
    calendar_changed.connect(_recount, dispatch_uid="workflows.recount")
    for signal in (post_save, post_delete):
        signal.connect(_recount, sender=CalendarDay, dispatch_uid="workflows.recount")


def _recount(**kwargs: Any) -> None:
    if not kwargs.get("raw"):
        recount_pending()


@transaction.atomic
def recount_pending() -> int:
    """Count the limits of everything that waits; return how many moved. What moves is reminded of anew.

    What has no clock yet gets one from its start.
    """
    calendar, limits, moved = workday_calendar(), ApprovalLimits.current(), []
    pending = TieredTaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    for state in pending.select_related("task__tieredapprovaltask"):
        before = state.due_at, state.is_provisional
        state.limit_days = state.limit_days or limits.days(state.task.tieredapprovaltask.tier)
        count_from(state, state.counted_from or timezone.localdate(state.started_at), calendar)
        if before != (state.due_at, state.is_provisional):
            state.told = Told.NOTHING
            moved.append(state)
    TieredTaskState.objects.bulk_update(moved, CLOCK, batch_size=200)
    return len(moved)
