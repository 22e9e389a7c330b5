"""Approving many routine items at once: what was confirmed, and what became of each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from .tiered import TieredTaskState


class Outcome(models.TextChoices):
    """What became of one item."""

    WAITING = "waiting", _("等待处理")
    DONE = "done", _("已批准")
    REFUSED = "refused", _("未批准")


class BulkApproval(models.Model):
    """One act of a reviewer: so many items confirmed on one page. Each is decided in a transaction of its own."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bulk_approvals", verbose_name=_("审核员")
    )
    comment = models.TextField(_("审核意见"), blank=True)
    started_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("批量批准")
        verbose_name_plural = _("批量批准")

    def __str__(self) -> str:
        return f"{self.person} {self.started_at:%Y-%m-%d %H:%M}"


class BulkItem(models.Model):
    """One item: the revision that was confirmed, and why it did not go through."""

    run = models.ForeignKey(BulkApproval, on_delete=models.CASCADE, related_name="items", verbose_name=_("批量批准"))
    state = models.ForeignKey(TieredTaskState, on_delete=models.CASCADE, related_name="+", verbose_name=_("审核状态"))
    revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("确认的版本")
    )
    title = models.CharField(_("标题"), max_length=255)
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome.choices, default=Outcome.WAITING)
    text = models.CharField(_("说明"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("批量批准的一件")
        verbose_name_plural = _("批量批准的各件")
        constraints = [models.UniqueConstraint(fields=["run", "state"], name="bulk_item_once")]

    def __str__(self) -> str:
        return self.title
