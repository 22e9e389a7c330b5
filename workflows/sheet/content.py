"""What stands on an approval sheet, gathered with a number of queries that depends on the trail alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from accounts.authority import governs, holders
from accounts.models import Duty
from ledger.outbox import absolute

from ..contents import hash_of
from ..differences import changes
from ..matters import subject_of
from ..models import OutsideComment, TieredTaskState
from ..outside.links import comments_on
from ..trail import steps, tier_label

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from ..differences import Change
    from ..trail import Step

COMMENTS_SHOWN = 50
# Auditors read the audit and nothing of what it is about.
WORKING = (Duty.EDITOR, Duty.REVIEWER, Duty.ADMINISTRATOR)


@dataclass(frozen=True)
class Round:
    """One way through the tiers: from submitting to its end."""

    number: int
    status: str
    steps: list[Step]
    findings: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Sheet:
    """An approval sheet. `changes` is None where there is nothing to compare with; `compared` says why."""

    workflow_state: WorkflowState
    title: str
    kind: str
    organisation: str
    chain: list[str]
    index_number: str
    index_address: str
    entry: Any
    tiers: list[str]
    rounds: list[Round]
    changes: list[Change] | None
    compared: str
    version: int
    content_hash: str
    comments: list[OutsideComment]
    is_approved: bool
    finished_at: datetime | None


def may_see(workflow_state: WorkflowState, user: Any) -> bool:
    """May this person see the sheet: who works for the organisation or above it, or reviewed or was to review it?"""
    subject = subject_of(workflow_state)
    if subject is None or not user.is_active:
        return False
    if user.is_superuser or governs(user, subject.responsible_organisation, WORKING):
        return True
    asked = tier_states(workflow_state).exclude(approver=None)
    if asked.filter(finished_by=user).exists():
        return True
    return any(user.pk in holders(state.approver, [Duty.REVIEWER]) for state in asked)


def tier_states(workflow_state: WorkflowState) -> QuerySet[TieredTaskState]:
    """Return the tiers of an approval, in the order in which they began."""
    states = TieredTaskState.objects.filter(workflow_state=workflow_state)
    return states.select_related("approver", "revision", "task__tieredapprovaltask").order_by("started_at", "pk")


def sheet_of(workflow_state: WorkflowState, request: Any) -> Sheet:
    """Gather the sheet."""
    subject = subject_of(workflow_state)
    states = list(tier_states(workflow_state))
    decided = _decided_on(states)
    revision = decided.revision if decided else subject.get_latest_revision()
    draft, organisation = revision.as_object(), subject.responsible_organisation
    number = _index_number(subject)
    before, compared = _before(workflow_state, subject, states)
    return Sheet(
        workflow_state=workflow_state,
        title=revision.object_str,
        kind=str(draft._meta.verbose_name),
        organisation=getattr(organisation, "title", ""),
        chain=_chain(organisation),
        index_number=number,
        index_address=absolute(reverse("index_number", args=[number])) if number else "",
        entry=getattr(draft, "entry", None),
        tiers=list(dict.fromkeys(tier_label(state) for state in states)),
        rounds=[_round(number, each) for number, each in enumerate(_rounds(workflow_state), 1)],
        changes=changes(before, draft, request) if before is not None else None,
        compared=compared,
        version=subject.revisions.filter(pk__lte=revision.pk).count(),
        content_hash=(decided.content_hash if decided else "") or hash_of(revision, draft),
        comments=list(comments_on(subject).filter(link__revision__pk__lte=revision.pk)[:COMMENTS_SHOWN]),
        is_approved=workflow_state.status == WorkflowState.STATUS_APPROVED,
        finished_at=states[-1].finished_at if states else None,
    )


def _decided_on(states: list[TieredTaskState]) -> TieredTaskState | None:
    """Return the tier that approved last, else the one that decides, of those whose version is still there."""
    there = [state for state in states if state.revision is not None]
    approved = [state for state in there if state.status == TaskState.STATUS_APPROVED]
    return next(reversed(approved or there), None)


def _index_number(subject: Any) -> str:
    return str(getattr(getattr(subject, "record", None), "index_number", ""))


def _chain(organisation: Any) -> list[str]:
    """Name the organisations from the portal down."""
    specific = getattr(organisation, "specific", None)
    return [each.title for each in getattr(specific, "chain", [])]


def _same_subject(workflow_state: WorkflowState) -> QuerySet[WorkflowState]:
    states = WorkflowState.objects.filter(
        base_content_type=workflow_state.base_content_type_id, object_id=workflow_state.object_id
    )
    return states.order_by("pk")


def _rounds(workflow_state: WorkflowState) -> list[WorkflowState]:
    """Return what was begun since the last publication and given up, and this one."""
    earlier = _same_subject(workflow_state).filter(pk__lt=workflow_state.pk)
    published = earlier.filter(status=WorkflowState.STATUS_APPROVED).last()
    since = earlier.filter(pk__gt=published.pk) if published else earlier
    return [*since.select_related("requested_by"), workflow_state]


def _round(number: int, workflow_state: WorkflowState) -> Round:
    screened = workflow_state.task_states.exclude(pk__in=tier_states(workflow_state).order_by().values("pk"))
    found = [finding for state in screened for finding in getattr(state.specific, "findings", [])]
    # After a return the same text is screened again: what is said twice stands here once.
    findings = list({(each.get("field"), each.get("sentence")): each for each in found}.values())
    return Round(number, str(workflow_state.get_status_display()), steps(workflow_state), findings)


def _before(workflow_state: WorkflowState, subject: Any, states: list[TieredTaskState]) -> tuple[Any, str]:
    """Return what was public before, or None and why there is nothing to compare with."""
    published = (
        _same_subject(workflow_state).filter(pk__lt=workflow_state.pk, status=WorkflowState.STATUS_APPROVED).last()
    )
    if published is not None:
        decided = _decided_on(list(tier_states(published)))
        return (decided.revision.as_object(), "") if decided else (None, _("上一版没有留存，无法对照。"))
    if subject.live and workflow_state.status != WorkflowState.STATUS_APPROVED:
        return subject, ""
    first = subject.first_published_at
    if first is None or (states and first >= states[0].started_at):
        return None, _("首次公开，没有上一版。")
    return None, _("上一版没有经过逐级审核，无法对照。")
