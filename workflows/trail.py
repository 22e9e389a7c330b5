"""The trail of an approval: who drafted, who decided for which organisation, what was skipped and why, what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from wagtail.models import Task, TaskState

from .models import ApprovalTier, Review, ReviewState, ScreeningTaskState, TierAct, TieredTaskState

if TYPE_CHECKING:
    from datetime import datetime

DONE, NOW, TODO = "done", "now", "todo"


@dataclass(frozen=True)
class Step:
    """One step: `state` is done, now or todo; `text` is the reason or the note; `due` its limit while it waits."""

    title: str
    state: str
    organisation: str = ""
    person: str = ""
    at: datetime | None = None
    text: str = ""
    due: datetime | None = None
    is_provisional: bool = False


def steps(workflow_state: Any, later: list[str] | None = None) -> list[Step]:
    """Return the trail from submission to publication, oldest first. A number of queries that does not grow.

    `later` are the tiers that still follow, where they are known.
    """
    decided = list(
        TieredTaskState.objects.filter(workflow_state=workflow_state)
        .select_related("approver", "finished_by", "task__tieredapprovaltask")
        .prefetch_related("acts__person", "acts__from_organisation", "acts__to_organisation")
        .order_by("started_at", "pk")
    )
    submitted = Step(_("提交"), DONE, person=str(workflow_state.requested_by or ""), at=workflow_state.created_at)
    screened = ScreeningTaskState.objects.filter(workflow_state=workflow_state)
    dated = [
        *((state.started_at, state.pk, [*_acts(state), _step(state)]) for state in decided),
        *((state.started_at, state.pk, [_screening_step(state)]) for state in screened),
    ]
    told = [step for _at, _pk, steps in sorted(dated, key=lambda row: row[:2]) for step in steps]
    return [submitted, *told, *_to_come(decided, later), *_afterwards(workflow_state)]


def _screening_step(state: ScreeningTaskState) -> Step:
    titles = {
        TaskState.STATUS_IN_PROGRESS: _("信息审查中"),
        TaskState.STATUS_APPROVED: _("信息审查通过"),
        TaskState.STATUS_REJECTED: _("信息审查未通过"),
        TaskState.STATUS_CANCELLED: _("信息审查中止"),
    }
    return Step(
        titles.get(state.status, _("信息审查")),
        NOW if state.status == TaskState.STATUS_IN_PROGRESS else DONE,
        at=state.finished_at or state.started_at,
        text=state.comment,
    )


def _acts(state: TieredTaskState) -> list[Step]:
    """Return what happened at a tier before it was decided."""
    return [
        Step(
            _("%(tier)s：%(act)s") % {"tier": tier_label(state), "act": act.get_kind_display()},
            DONE,
            organisation=_from_to(act),
            person=str(act.person or ""),
            at=act.at,
            text=act.text,
        )
        for act in sorted(state.acts.all(), key=lambda act: (act.at, act.pk))
    ]


def _from_to(act: TierAct) -> str:
    ends = [each.title for each in (act.from_organisation, act.to_organisation) if each is not None]
    return " → ".join(ends)


def _afterwards(workflow_state: Any) -> list[Step]:
    """Return the reviews of what was published at once."""
    reviews = Review.objects.filter(workflow_state=workflow_state).select_related("office", "decided_by")
    return [
        Step(
            _("事后%(tier)s：%(state)s") % {"tier": ApprovalTier(each.tier).label, "state": each.get_state_display()},
            NOW if each.state == ReviewState.WAITING else DONE,
            organisation=each.office.title,
            person=str(each.decided_by or ""),
            at=each.decided_at or each.opened_at,
            text=each.comment or each.note,
        )
        for each in reviews.order_by("tier", "pk")
    ]


def _step(state: TieredTaskState) -> Step:
    tier = tier_label(state)
    words = {
        TaskState.STATUS_APPROVED: _("%(tier)s通过"),
        TaskState.STATUS_REJECTED: _("%(tier)s退回"),
        TaskState.STATUS_SKIPPED: _("%(tier)s从略"),
        TaskState.STATUS_CANCELLED: _("%(tier)s中止"),
    }
    return Step(
        words.get(state.status, "%(tier)s") % {"tier": tier},
        NOW if state.status == TaskState.STATUS_IN_PROGRESS else DONE,
        organisation=state.approver.title if state.approver else "",
        person=str(state.finished_by or ""),
        at=state.finished_at or state.started_at,
        text="\n".join(filter(None, [state.returned_because or state.note, *_confirmed(state)])),
        due=state.due_at if state.status == TaskState.STATUS_IN_PROGRESS and not state.held_until else None,
        is_provisional=state.is_provisional,
    )


def _confirmed(state: TieredTaskState) -> list[str]:
    """Return what the approver said to have looked at."""
    if state.status != TaskState.STATUS_APPROVED:
        return []
    return [_("已确认：%(what)s") % {"what": row["label"]} for row in state.confirmed]


def tier_label(state: TieredTaskState) -> str:
    """Return 初审, 复审 or 终审."""
    return str(ApprovalTier(state.task.tieredapprovaltask.tier).label)


def _to_come(decided: list[TieredTaskState], later: list[str] | None) -> list[Step]:
    """Return the tiers after the current one, and publication."""
    if not decided or decided[-1].status != TaskState.STATUS_IN_PROGRESS:
        return []
    labels = tiers_after(decided[-1]) if later is None else later
    return [*(Step(label, TODO) for label in labels), Step(_("发布"), TODO)]


def tiers_after(state: TieredTaskState) -> list[str]:
    """Return the names of the tiers that still follow a state in its workflow."""
    settled = TieredTaskState.objects.filter(
        workflow_state=state.workflow_state_id,
        revision=state.revision_id,
        status__in=[TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED],
    )
    later = (
        Task.objects.filter(workflow_tasks__workflow=state.workflow_state.workflow_id, active=True)
        .exclude(pk=state.task_id)
        .exclude(pk__in=settled.values("task"))
        .order_by("workflow_tasks__sort_order")
        .values_list("tieredapprovaltask__tier", flat=True)
    )
    return [str(ApprovalTier(tier).label) for tier in later if tier]
