"""Screening: the automatic check before the first tier. It decides by itself and never counts as an approval."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from rules.screening import SLOW, Screening

from ..contributors import note_contributors
from ..locks import ScreeningLock
from ..screening import screen_later, settle


class ScreeningTaskState(TaskState):
    """One screening of one revision: what was found, with masked samples only."""

    findings = models.JSONField(_("发现的问题"), default=list, blank=True)
    links_checked_at = models.DateTimeField(_("链接核验时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("信息审查")
        verbose_name_plural = _("信息审查")

    @property
    def screening(self) -> Screening:
        """Return the findings."""
        return Screening.from_json(self.findings)


class ScreeningTask(Task):
    """信息审查, the first task of every workflow: no path of submission leads round it."""

    task_state_class = ScreeningTaskState
    lock_class = ScreeningLock
    admin_form_fields = [*Task.admin_form_fields]

    class Meta:
        verbose_name = _("信息审查")
        verbose_name_plural = _("信息审查")

    def start(self, workflow_state: Any, user: Any = None) -> ScreeningTaskState:
        """Read the submitted revision and decide at once; what takes long is left to the worker."""
        state = ScreeningTaskState(
            workflow_state=workflow_state,
            task=self,
            revision=workflow_state.content_object.get_latest_revision(),
            status=TaskState.STATUS_IN_PROGRESS,
        )
        state.save()
        draft = state.revision.as_object()
        note_contributors(workflow_state, draft, user)
        if draft.screening_effort > SLOW:
            transaction.on_commit(partial(screen_later.enqueue, state.pk), robust=True)
        else:
            settle(state, draft, update=False)
        return state

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """While it is read, nobody changes it."""
        return True

    @classmethod
    def get_description(cls) -> Any:
        """Say what the task does, on Wagtail's screen of task types."""
        return _("提交时自动检查个人信息、敏感词、法定公告时间、附件和链接；通过后进入初审。")
