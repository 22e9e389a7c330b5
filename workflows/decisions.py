"""Deciding and recalling: one transaction each, the old state checked first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState, WorkflowState

from accounts.authority import holders
from accounts.models import Duty
from accounts.responsibility import answering_for

from .confirmations import confirm, require_confirmed
from .contents import hash_of
from .matters import follow_the_draft
from .matters import subject_of as subject_of
from .models import Bundle, BundleState, ReturnReason, TieredTaskState

if TYPE_CHECKING:
    from collections.abc import Collection

APPROVE, REJECT = "approve", "reject"
# What a decision reads of a state besides itself.
RELATED = (
    "workflow_state__workflow__approval_route",
    "workflow_state__requested_by",
    "workflow_state__bundle_member__bundle",
    "task__tieredapprovaltask",
    "revision__fingerprint",
    "approver",
    "claimed_by",
    "finished_by",
)


class NotDecidableError(Exception):
    """Somebody else has decided meanwhile, or this person may not."""


class NotRecallableError(Exception):
    """It is not in review any more, or this person did not submit it."""


def may_decide(state: TieredTaskState, user: Any) -> bool:
    """May this person decide on exactly this state now?"""
    return state.awaits(user)


def may_read(state: TieredTaskState, user: Any) -> bool:
    """May this person still read what his organisation passed on, or lost to its superior?"""
    had = [
        act.from_organisation for act in state.acts.exclude(from_organisation=None).select_related("from_organisation")
    ]
    return user.is_active and any(user.pk in holders(organisation, [Duty.REVIEWER]) for organisation in had)


class ClaimedError(NotDecidableError):
    """A colleague is on it; `person` is who. Take it over first."""

    def __init__(self, person: Any) -> None:
        super().__init__(person)
        self.person = person


@dataclass(frozen=True)
class Decision:
    """Approve, or return: `reason` is a code of ReturnReason, `confirmed` the keys of what was looked at."""

    action: str
    comment: str
    reason: str = ""
    confirmed: Collection[str] = ()


@transaction.atomic
def decide(  # noqa: PLR0913 (what stands in the form)
    *, state_id: int, user: Any, action: str, comment: str, reason: str = "", confirmed: Collection[str] = ()
) -> TieredTaskState:
    """Approve or return what a state stands for.

    `reason` is a code of ReturnReason, `confirmed` the keys of what was looked at (see `confirmations`).

    The row is locked first: two reviewers who press at the same moment decide once. Raises NotDecidableError, and
    ValidationError where the content is not what was submitted, a return lacks its reason, or it belongs to a bundle.
    """
    state = locked(state_id)
    if is_bundled(state):
        raise ValidationError(_("这一件属于一个批次，请在批次中一起批准或退回。"))
    return settle(state, user, Decision(action, comment, reason, confirmed))


def settle(state: TieredTaskState, user: Any, decision: Decision) -> TieredTaskState:
    """Decide on a state that is locked, alone or with its bundle. Raises what `decide` raises."""
    if not may_decide(state, user):
        raise NotDecidableError
    refuse_what_others_are_on(state, user)
    approves = decision.action == APPROVE
    if approves:
        _check_content(state)
        confirm(state, decision.confirmed, user)
        require_confirmed(state)
    elif decision.reason not in ReturnReason or not decision.comment.strip():
        raise ValidationError(_("退回时请选择原因并写明意见，提交人据此修改。"))
    state.held_since = state.held_until = state.claimed_by = state.claimed_until = None
    state.reason = "" if approves else decision.reason
    (state.approve if approves else state.reject)(user=user, comment=decision.comment)
    return state


def is_bundled(state: TieredTaskState) -> bool:
    """Is it decided on together with other members of a bundle?"""
    member = getattr(state.workflow_state, "bundle_member", None)
    return member is not None and bool(member.bundle.state == BundleState.IN_REVIEW)


def locked(state_id: int) -> TieredTaskState:
    """Lock a state's workflow and the state, in this order always, and return the state as it is now.

    What it leads to is one and the same everywhere in the act: its workflow stands at it, and the revision is the
    latest one of what is decided on where it is that.
    """
    keys = TaskState.objects.filter(pk=state_id).values_list("workflow_state", flat=True)
    WorkflowState.objects.select_for_update(of=("self",)).get(pk__in=keys)
    states = TieredTaskState.objects.select_related(*RELATED).select_for_update(of=("self", "taskstate_ptr"))
    return at_hand(states.get(pk=state_id))


def at_hand(state: TieredTaskState) -> TieredTaskState:
    """Let a state, its workflow, its revision and what is decided on know each other, so that none is read twice."""
    flow, revision = state.workflow_state, state.revision
    if flow.current_task_state_id == state.pk:
        flow.current_task_state = state
    subject = subject_of(flow)
    if subject is None:
        return state
    if subject.latest_revision_id == revision.pk:
        subject.latest_revision = flow.content_object.latest_revision = revision
    if flow.content_type_id == revision.content_type_id:
        # Its versions, read back, know the organisation and the entry that it knows.
        _known = subject.responsible_organisation, getattr(subject, "is_due_at_once", False)
        Revision._meta.get_field("content_object").set_cached_value(revision, subject)
    return state


def refuse_what_others_are_on(state: TieredTaskState, user: Any) -> None:
    """Raise ClaimedError while a colleague is on it who still may decide."""
    claimant = state.claimant(timezone.now())
    if claimant is not None and claimant.pk != user.pk and may_decide(state, claimant):
        raise ClaimedError(claimant)


def _check_content(state: TieredTaskState) -> None:
    """Refuse to approve what is not what was submitted: a file replaced meanwhile, an entry with more tiers."""
    if state.content_hash and hash_of(state.revision, state.draft) != state.content_hash:
        raise ValidationError(_("正文或附件在提交之后变了，请退回，由提交人重新提交。"))
    follow_the_draft(state.workflow_state, state.draft)


def may_recall(workflow_state: WorkflowState, user: Any) -> bool:
    """May this person take back what is in review? Whoever submitted it, or took it over, may."""
    in_review = workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    return bool(in_review and user.is_active and answering_for(workflow_state) == user.pk)


@transaction.atomic
def recall(*, workflow_state_id: int, user: Any) -> WorkflowState:
    """Take back what is in review, and with it its bundle; it is a draft again. Raises NotRecallableError."""
    # A bundle is locked before its members, always.
    list(Bundle.objects.select_for_update().filter(members__workflow_state=workflow_state_id))
    workflow_state = WorkflowState.objects.select_for_update(of=("self",)).get(pk=workflow_state_id)
    if not may_recall(workflow_state, user):
        raise NotRecallableError
    workflow_state.cancel(user=user)
    return workflow_state
