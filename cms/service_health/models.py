"""What is asked, and how it stands: the memory of the checks. What the public reads is `snippets.ItemHealth`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from snippets.models import HealthState


class Watched(models.Model):
    """One target of a probe."""

    probe = models.CharField(_("探测"), max_length=32)
    key = models.CharField(_("对象"), max_length=500)
    state = models.CharField(_("状态"), max_length=16, choices=HealthState, default=HealthState.UNKNOWN)
    next_at = models.DateTimeField(_("下次核验"), db_index=True)
    checked_at = models.DateTimeField(_("最近核验"), null=True, blank=True)
    # In a row, of either kind.
    failures = models.PositiveSmallIntegerField(_("连续失败次数"), default=0)
    failing_since = models.DateTimeField(_("自何时起失败"), null=True, blank=True)
    successes = models.PositiveSmallIntegerField(_("恢复中的成功次数"), default=0)
    reason = models.CharField(_("原因"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("核验对象")
        verbose_name_plural = _("核验对象")
        constraints = [models.UniqueConstraint(fields=["probe", "key"], name="watched_once")]

    def __str__(self) -> str:
        return f"{self.probe} {self.key}"
