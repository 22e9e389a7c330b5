"""What was approved to go public later: which version, at whose word, and how it ended."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from .subject import AboutSubject


class ScheduleState(models.TextChoices):
    """Where a scheduled publication stands."""

    WAITING = "waiting", _("等待公开")
    DONE = "done", _("已按时公开")
    LATE = "late", _("已公开（迟于定时）")
    REVOKED = "revoked", _("已撤销定时")
    STOPPED = "stopped", _("条件已变，未公开")


class ScheduledPublication(AboutSubject):
    """One approved version with its hour. `chain` is the organisation and those above it when it was approved."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="scheduled_publication")
    go_live_at = models.DateTimeField(_("定时公开时间"), db_index=True)
    chain = models.JSONField(default=list)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("批准人")
    )
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(
        _("状态"), max_length=16, choices=ScheduleState.choices, default=ScheduleState.WAITING, db_index=True
    )
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("原因"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("定时公开")
        verbose_name_plural = _("定时公开")
        ordering = ["go_live_at", "pk"]

    def __str__(self) -> str:
        return f"{self.title} {self.get_state_display()}"
