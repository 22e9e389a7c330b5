"""Submit, approve, return and recall a bundle as one. The bundle's row is locked first, always."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import workflow_cancelled, workflow_rejected

from accounts.one_at_a_time import hold
from accounts.responsibility import submissions_of
from ledger.events import record

from .authors import authors_since_approval
from .bundle_letters import quietly, tell_returned, tell_reviewers, tell_submitter
from .confirmations import Tick, needed, note_screenings
from .decisions import (
    APPROVE,
    Decision,
    NotDecidableError,
    NotRecallableError,
    locked,
    settle,
    subject_of,
)
from .models import Bundle, BundleMember, BundleState, TieredTaskState
from .queue import decidable

if TYPE_CHECKING:
    from collections.abc import Iterable

FEWEST, MOST = 2, 50


def connect() -> None:
    """Let a bundle fall when one of its members is returned or taken back on another way."""
    workflow_rejected.connect(_on_returned, sender=WorkflowState, dispatch_uid="workflows.bundles.returned")
    workflow_cancelled.connect(_on_cancelled, sender=WorkflowState, dispatch_uid="workflows.bundles.cancelled")


@transaction.atomic
def submit_bundle(*, user: Any, organisation: Any, title: str, reason: str, subjects: Iterable[Any]) -> Bundle:
    """Submit several drafts as one. Raises ValidationError, and then nothing is submitted."""
    drafts = _held(subjects)
    if not FEWEST <= len(drafts) <= MOST:
        raise ValidationError(_("一个批次须有 %(fewest)d 到 %(most)d 件。") % {"fewest": FEWEST, "most": MOST})
    if faults := [fault for draft in drafts for fault in _faults(draft, organisation)]:
        raise ValidationError(faults)
    bundle = Bundle.objects.create(title=title, reason=reason, organisation_id=organisation.pk, submitted_by=user)
    _submit_members(bundle, drafts, user)
    return bundle


@transaction.atomic
def resubmit_bundle(*, bundle_id: int, user: Any) -> Bundle:
    """Submit a returned bundle again, with what its members are now. Raises ValidationError."""
    _held(_drafts_of(Bundle.objects.get(pk=bundle_id)))
    bundle = Bundle.objects.select_for_update().get(pk=bundle_id)
    if bundle.state not in (BundleState.RETURNED, BundleState.RECALLED):
        raise ValidationError(_("这个批次不在已退回或已撤回的状态。"))
    drafts = _drafts_of(bundle)
    if faults := [fault for draft in drafts for fault in _faults(draft, bundle.organisation)]:
        raise ValidationError(faults)
    bundle.members.all().delete()
    bundle.state, bundle.submitted_at, bundle.finished_at = BundleState.IN_REVIEW, timezone.now(), None
    bundle.comment = ""
    bundle.save()
    _submit_members(bundle, drafts, user)
    return bundle


def _held(drafts: Iterable[Any]) -> list[Any]:
    """Let no other submission of one of these come between; return them as they are now."""
    named = [(type(draft), draft.pk) for draft in drafts]
    hold(*named)
    return [model._base_manager.get(pk=pk) for model, pk in named]


def _drafts_of(bundle: Bundle) -> list[Any]:
    return [subject_of(member.workflow_state) for member in members_of(bundle)]


def _faults(subject: Any, organisation: Any) -> list[str]:
    """Return why a draft cannot be a member. What is submitted counts, not what is public."""
    draft = subject.get_latest_revision_as_object()
    name = {"title": str(draft)}
    owner, state = draft.responsible_organisation, draft.current_workflow_state
    found = []
    if owner is None or not owner.path.startswith(organisation.path):
        found.append(_("《%(title)s》不属于所选单位及其下属单位。") % name)
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        found.append(_("《%(title)s》已在审核中。") % name)
    if not draft.has_unpublished_changes:
        found.append(_("《%(title)s》没有未公开的修改。") % name)
    if getattr(draft, "go_live_at", None):
        found.append(_("《%(title)s》另定了公开时间，不能和其他各件同时公开。") % name)
    if draft.tiers_afterwards:
        found.append(_("《%(title)s》属于须立即公开的事项，不能等其他各件，请单独提交。") % name)
    return found


def _submit_members(bundle: Bundle, drafts: list[Any], user: Any) -> None:
    """Submit the members. A returned one goes on in its own workflow, which keeps what was approved unchanged.

    All stand in the bundle before any of those goes on: one whose approvals all still count arrives at once.
    """
    active = {draft.pk: draft.current_workflow_state for draft in drafts}
    BundleMember.objects.filter(workflow_state__in=[state for state in active.values() if state]).delete()
    with quietly():
        for draft in drafts:
            state = active[draft.pk] or draft.submit_for_approval(user)
            member = BundleMember.objects.create(bundle=bundle, workflow_state=state, title=str(draft)[:255])
            member.authors.set(authors_since_approval(draft, state))
        for state in filter(None, active.values()):
            state.resume(user)
    refused = bundle.members.filter(workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES)
    if titles := list(refused.values_list("title", flat=True)):
        raise ValidationError([_("《%(title)s》未通过信息审查，请先单独修改。") % {"title": title} for title in titles])
    record_of = {"members": list(bundle.members.order_by("pk").values_list("title", flat=True))}
    record("bundle.submitted", bundle, organisation=bundle.organisation, actor=user, after=record_of)
    tell_reviewers(bundle, waiting(bundle), user)


def members_of(bundle: Bundle) -> list[BundleMember]:
    """Return the members in their order, with what the screens show. One query."""
    related = ("workflow_state__current_task_state__tieredtaskstate__approver", "workflow_state__workflow")
    return list(bundle.members.select_related(*related).order_by("pk"))


def waiting(bundle: Bundle) -> list[TieredTaskState]:
    """Return what of a bundle waits for a decision now. One query."""
    current = WorkflowState.objects.filter(bundle_member__bundle=bundle).values("current_task_state")
    states = TieredTaskState.objects.filter(pk__in=current, status=TaskState.STATUS_IN_PROGRESS)
    return list(states.select_related("workflow_state", "task", "revision", "approver").order_by("pk"))


def waiting_for_person(bundle: Bundle, user: Any) -> list[TieredTaskState]:
    """Return what of a bundle this person may decide on now. Two queries; whoever decides asks each of them again."""
    mine = set(decidable(user).filter(workflow_state__bundle_member__bundle=bundle).values_list("pk", flat=True))
    return [state for state in waiting(bundle) if state.pk in mine] if user.is_active else []


@transaction.atomic
def decide_bundle(*, bundle_id: int, user: Any, shown: set[int], decision: Decision) -> Bundle:
    """Approve what of a bundle waits for this person, or return all of it. `shown`: the states he has seen.

    Raises NotDecidableError; ValidationError where one cannot be published or decided: then nothing is decided.
    """
    bundle = Bundle.objects.select_for_update().get(pk=bundle_id)
    mine = waiting_for_person(bundle, user) if bundle.state == BundleState.IN_REVIEW else []
    if not mine:
        raise NotDecidableError
    if {state.pk for state in mine} != shown:
        raise ValidationError(_("批次中的各件刚刚有变化，请重新核对。"))
    returns = decision.action != APPROVE
    with quietly():
        if returns:
            bundle.end(BundleState.RETURNED, decision.comment)
        for state in mine:
            settle(locked(state.pk), user, replace(decision, confirmed=_of_state(state, decision.confirmed)))
        if returns:
            _cancel_the_rest(bundle, user)
    bundle.refresh_from_db()
    _decided(bundle, user, decision)
    return bundle


def ticks_of(states: list[TieredTaskState]) -> list[Tick]:
    """Return what must be confirmed of each before approving; its key says of which. One query."""
    note_screenings(states)
    return [
        Tick(f"{state.pk}:{tick.key}", f"《{state.revision.object_str}》{tick.label}")
        for state in states
        for tick in needed(state)
    ]


def _of_state(state: TieredTaskState, keys: Iterable[str]) -> list[str]:
    own = f"{state.pk}:"
    return [key.removeprefix(own) for key in keys if key.startswith(own)]


def _decided(bundle: Bundle, user: Any, decision: Decision) -> None:
    returns = decision.action != APPROVE
    facts = {"after": {"state": bundle.state}, "comment": decision.comment}
    kind = "bundle.returned" if returns else "bundle.approved"
    record(kind, bundle, organisation=bundle.organisation, actor=user, **facts)
    if returns:
        tell_returned(bundle, user)
    elif bundle.state == BundleState.PUBLISHED:
        tell_submitter(bundle, user)
    else:
        tell_reviewers(bundle, waiting(bundle), user)


@transaction.atomic
def recall_bundle(*, bundle_id: int, user: Any) -> Bundle:
    """Take a bundle back; its members are drafts again. Raises NotRecallableError."""
    bundle = Bundle.objects.select_for_update().get(pk=bundle_id)
    if bundle.state != BundleState.IN_REVIEW or not may_recall_bundle(bundle, user):
        raise NotRecallableError
    bundle.end(BundleState.RECALLED)
    _cancel_the_rest(bundle, user)
    record("bundle.recalled", bundle, organisation=bundle.organisation, actor=user)
    return bundle


def may_recall_bundle(bundle: Bundle, user: Any) -> bool:
    """May this person take it back? Whoever may take back any of its members. One query."""
    in_review = WorkflowState.objects.filter(bundle_member__bundle=bundle, status=WorkflowState.STATUS_IN_PROGRESS)
    return bool(user.is_active and in_review.filter(submissions_of(user)).exists())


def _cancel_the_rest(bundle: Bundle, user: Any) -> None:
    in_review = WorkflowState.objects.filter(bundle_member__bundle=bundle, status=WorkflowState.STATUS_IN_PROGRESS)
    for workflow_state in in_review.order_by("pk"):
        workflow_state.cancel(user=user)
    bundle.members.update(is_ready=False)


def _on_returned(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    _fall(instance, BundleState.RETURNED, user)


def _on_cancelled(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    _fall(instance, BundleState.RECALLED, user)


@transaction.atomic
def _fall(workflow_state: WorkflowState, end: BundleState, user: Any) -> None:
    """One member came back on a way of its own: so do the others."""
    found = Bundle.objects.select_for_update().filter(
        members__workflow_state=workflow_state, state=BundleState.IN_REVIEW
    )
    for bundle in found:
        state = workflow_state.current_task_state
        bundle.end(end, state.comment if state is not None and end == BundleState.RETURNED else "")
        _cancel_the_rest(bundle, user)
        record(f"bundle.{end}", bundle, organisation=bundle.organisation, actor=user, because=str(workflow_state.pk))
