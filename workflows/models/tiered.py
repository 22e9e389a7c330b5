"""Tiered approval: one task per tier, its approver resolved from the tree and stored with the task state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Task, TaskState, WorkflowState
from wagtail.signals import task_submitted

from accounts.authority import grants
from accounts.models import Duty
from rules.screening import Screening

from ..authors import Barred, barred_for
from ..confirmations import NotConfirmedError, require_confirmed
from ..contents import hash_of
from ..contributors import note_contributors
from ..limits import start_clock
from ..locks import TierLock
from ..matters import follow_the_draft, matter_of, subject_of
from ..routes import Route, able, resolve, with_kept
from .limits import ApprovalLimits
from .screening import ScreeningTaskState

if TYPE_CHECKING:
    from datetime import datetime


NOTE_LENGTH = 255


class ApprovalTier(models.IntegerChoices):
    """初审、复审、终审."""

    FIRST = 1, _("初审")
    SECOND = 2, _("复审")
    THIRD = 3, _("终审")


class ReturnReason(models.TextChoices):
    """Why a draft goes back to its author."""

    WRONG = "wrong", _("内容错误")
    INCOMPLETE = "incomplete", _("要素不全")
    PERSONAL_DATA = "personal_data", _("涉及个人信息")
    OUT_OF_CATALOGUE = "out_of_catalogue", _("超出目录")
    FORMAT = "format", _("格式不符")
    NO_BASIS = "no_basis", _("依据不足")
    OTHER = "other", _("其他")


class Told(models.IntegerChoices):
    """What the reviewers have been told of their time limit, each once."""

    NOTHING = 0, _("未提醒")
    SOON = 1, _("已提醒将到期")
    DUE = 2, _("已提醒到期")
    STUCK = 3, _("已告知平台管理员")


class TieredTaskState(TaskState):
    """The state of one tier: which organisation approves and until when, or why the tier was skipped."""

    approver = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("审核单位")
    )
    note = models.CharField(_("说明"), max_length=NOTE_LENGTH, blank=True)
    # What is decided on: the hash of what the revision would publish.
    content_hash = models.CharField(_("内容指纹"), max_length=64, blank=True)
    reason = models.CharField(_("退回原因"), max_length=16, choices=ReturnReason.choices, blank=True)
    # The clock: workdays after this day; `due_at` follows from both and the calendar.
    counted_from = models.DateField(_("起算日"), null=True)
    limit_days = models.PositiveSmallIntegerField(_("时限（工作日）"), null=True)
    due_at = models.DateTimeField(_("办理期限"), null=True, db_index=True)
    is_provisional = models.BooleanField(_("期限暂定"), default=False)
    told = models.PositiveSmallIntegerField(_("提醒"), choices=Told.choices, default=Told.NOTHING)
    # Who is on it, and until when that keeps others from deciding by mistake.
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("经办人")
    )
    claimed_until = models.DateTimeField(_("经办保留至"), null=True)
    # On hold the clock stands still.
    held_since = models.DateField(_("暂缓自"), null=True)
    held_until = models.DateField(_("暂缓至"), null=True)
    # What the approver said to have looked at (see `workflows.confirmations`): keys and sentences.
    confirmed = models.JSONField(_("已确认事项"), default=list, blank=True)

    class Meta:
        verbose_name = _("审核状态")
        verbose_name_plural = _("审核状态")

    @property
    def tier(self) -> int:
        """Return which tier this is a state of."""
        return int(self.task.tieredapprovaltask.tier)

    @cached_property
    def draft(self) -> Any:
        """Return what is decided on, as an object."""
        return self.revision.as_object()

    @cached_property
    def barred(self) -> Barred:
        """Return who is kept from this decision, as it was when first asked: kept no longer than this very object.

        Whoever locks the state gets a new one (`decisions.locked`): nothing that was read before a lock is used after.
        """
        return barred_for(self, subject_of(self))

    @cached_property
    def screened(self) -> ScreeningTaskState | None:
        """Return the screening of the revision: it is over before a tier starts. One query."""
        kept = ScreeningTaskState.objects.filter(workflow_state=self.workflow_state_id, revision=self.revision_id)
        return kept.order_by("-pk").first()

    @property
    def screening(self) -> Screening:
        """Return what the screening found."""
        return self.screened.screening if self.screened else Screening.from_json([])

    @property
    def is_current(self) -> bool:
        """Did the approval stand here when this object was read?"""
        flow = self.workflow_state
        in_review = flow.status == WorkflowState.STATUS_IN_PROGRESS and self.status == TaskState.STATUS_IN_PROGRESS
        return bool(in_review and flow.current_task_state_id == self.pk)

    def awaits(self, user: Any) -> bool:
        """May this person decide on it now?

        A reviewer of the organisation stored with the state, and never somebody who wrote the text: not the
        submitter, not anybody who saved a revision since the last approval; nor who approved an earlier tier elsewhere.
        """
        # A member of a bundle that every tier has approved waits for the others.
        if not user.is_active or not self.is_current or self.approver is None or subject_of(self) is None:
            return False
        return user.pk in able(self.approver, self.barred.at(self.approver))

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read it anew, with all that was asked about it."""
        super().refresh_from_db(*args, **kwargs)
        for name in ("draft", "barred", "screened"):
            self.__dict__.pop(name, None)

    @property
    def returned_because(self) -> str:
        """Return the coded reason and the text of a return as one sentence."""
        label = self.get_reason_display()
        return f"{label}：{self.comment}" if label else self.comment

    def is_overdue(self, now: datetime) -> bool:
        """Is it past its limit, with the clock running?"""
        return self.due_at is not None and self.held_until is None and self.due_at < now

    def claimant(self, now: datetime) -> Any:
        """Return who is on it now; None when nobody is, or the claim has run out."""
        return self.claimed_by if self.claimed_until is not None and self.claimed_until > now else None

    def approve(self, user: Any = None, update: bool = True, comment: str = "") -> Any:
        """Approve, by whatever way, only when all there is to look at has been looked at. Raises NotConfirmedError."""
        require_confirmed(self)
        return super().approve(user=user, update=update, comment=comment)

    def log_state_change_action(self, user: Any, action: str) -> None:
        """Write the entry that Wagtail writes to the history, about the draft that is at hand."""
        flow, following = self.workflow_state, self.workflow_state.get_next_task()
        told = {
            "id": flow.workflow.pk,
            "title": flow.workflow.name,
            "status": self.status,
            "task_state_id": self.pk,
            "task": {"id": self.task.pk, "title": self.task.name},
            "next": {"id": following.pk, "title": following.name} if following else None,
        }
        data = {"workflow": told, "comment": self.get_comment()}
        log(instance=self.draft, action=f"wagtail.workflow.{action}", user=user, data=data, revision=self.revision)


class TieredApprovalTask(Task):
    """One tier of approval. Three rows serve the whole city; who approves follows from the tree."""

    tier = models.PositiveSmallIntegerField(_("级"), choices=ApprovalTier.choices, unique=True)

    task_state_class = TieredTaskState
    lock_class = TierLock
    admin_form_fields = [*Task.admin_form_fields]

    class Meta:
        verbose_name = _("逐级审核")
        verbose_name_plural = _("逐级审核")

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Resolve the approving organisation once and store it; a skipped tier says why.

        After a return Wagtail resumes at the tier that returned it. Here it always begins at the first tier again,
        which keeps its approval where the content is the same: no superior decides on what the unit's own reviewer
        has not seen.
        """
        running = _running(workflow_state)
        if running is not None:
            return running
        revision = workflow_state.content_object.get_latest_revision()
        draft = revision.as_object()
        note_contributors(workflow_state, draft, user)
        follow_the_draft(workflow_state, draft)
        first = workflow_state.get_next_task()
        if first is not None and first.pk != self.pk:
            # The screening of the changed text, else the first tier.
            return first.specific.start(workflow_state, user)
        found = hash_of(revision, draft)
        matter = matter_of(workflow_state, self, found)
        route = with_kept(resolve(matter, self.tier), matter, self.tier)
        state = self._begun(workflow_state, revision, found, route)
        if state.approver is not None:
            task_submitted.send(sender=TieredTaskState, instance=state.specific, user=user)
        return state

    def _begun(self, workflow_state: Any, revision: Any, content_hash: str, route: Route) -> TieredTaskState:
        state = TieredTaskState(
            workflow_state=workflow_state,
            task=self,
            revision=revision,
            status=TaskState.STATUS_SKIPPED if route.approver is None else TaskState.STATUS_IN_PROGRESS,
            approver=route.approver,
            note=route.note[:NOTE_LENGTH],
            content_hash=content_hash,
        )
        if route.approver is not None:
            start_clock(state, ApprovalLimits.current().days(self.tier))
        state.save()
        return state

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> str | None:
        """Approve or return; `reason` is the code of a return.

        Where something has to be looked at first, nothing happens; Wagtail's views follow the address that is returned.
        """
        task_state.reason = kwargs.pop("reason", "")
        try:
            super().on_action(task_state, user, action_name, **kwargs)
        except NotConfirmedError:
            return reverse("approval:item", args=[task_state.pk])
        return None

    def may_decide(self, obj: Any, user: Any) -> bool:
        """May this person decide on the object now?

        The answer of the state it stands at (`TieredTaskState.awaits`).
        """
        state = obj.current_workflow_task_state
        return isinstance(state, TieredTaskState) and state.awaits(user)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """The approver may open what is submitted."""
        return self.may_decide(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """In review the text is locked for everybody: the author recalls it or the approver returns it."""
        return True

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """Nobody locks by hand during review."""
        return False

    def user_can_unlock(self, obj: Any, user: Any) -> bool:
        """Nobody unlocks by hand during review."""
        return False

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Return what the approver may do; Wagtail's preview asks. Its own screens lead to ours (see `stock`)."""
        if not self.may_decide(obj, user):
            return []
        return [("reject", _("退回修改"), True), ("approve", _("批准"), False)]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Return the states of this tier that wait for an organisation where the person is a reviewer."""
        states = TaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser:
            return states
        reviewed = {grant.page.translation_key for grant in grants(user) if grant.duty == Duty.REVIEWER}
        return states.filter(tieredtaskstate__approver__translation_key__in=reviewed)

    @classmethod
    def get_description(cls) -> Any:
        """Say what the task does, on Wagtail's screen of task types."""
        return _("由本单位、上级、所在链条首端的审核员逐级审核；审核单位按页面树自动确定。")


def _running(workflow_state: Any) -> TieredTaskState | None:
    """Lock the workflow state, and return the tier that somebody else started at the same moment."""
    WorkflowState.objects.select_for_update(of=("self",)).get(pk=workflow_state.pk)
    return TieredTaskState.objects.filter(workflow_state=workflow_state, status=TaskState.STATUS_IN_PROGRESS).first()
