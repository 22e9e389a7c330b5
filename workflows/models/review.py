"""A second look after the act: at a withdrawal, and at what was published at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, WorkflowState

from .subject import AboutSubject
from .withdrawal import Withdrawal

if TYPE_CHECKING:
    from datetime import datetime


class ReviewState(models.TextChoices):
    """Where a review stands."""

    WAITING = "waiting", _("待复核")
    CONFIRMED = "confirmed", _("已确认")
    RESTORED = "restored", _("已恢复公开")
    WITHDRAWN = "withdrawn", _("已撤下")
    CLOSED = "closed", _("不再需要")


class Review(AboutSubject):
    """One review by one office. Of a withdrawal, or (with `workflow_state`) of a tier of what is public already."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, null=True, related_name="reviews")
    workflow_state = models.ForeignKey(WorkflowState, on_delete=models.SET_NULL, null=True, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, related_name="+")
    tier = models.PositiveSmallIntegerField(_("级"), default=0)
    office = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.PROTECT, related_name="+", verbose_name=_("复核单位")
    )
    note = models.CharField(_("说明"), max_length=255, blank=True)
    # Whose act it is: these never review it.
    barred = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("回避人员"))
    opened_at = models.DateTimeField(_("开始时间"))
    due_at = models.DateTimeField(_("复核期限"), db_index=True)
    escalations = models.PositiveSmallIntegerField(_("上移次数"), default=0)
    state = models.CharField(_("状态"), max_length=16, choices=ReviewState.choices, default=ReviewState.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("复核人")
    )
    decided_at = models.DateTimeField(_("复核时间"), null=True)
    comment = models.TextField(_("复核意见"), blank=True)

    class Meta:
        verbose_name = _("复核")
        verbose_name_plural = _("复核")
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["state", "office"], name="review_by_office")]

    def __str__(self) -> str:
        return f"{self.title} {self.get_state_display()}"

    def is_overdue(self, now: datetime) -> bool:
        """Is it past its limit?"""
        return self.state == ReviewState.WAITING and self.due_at < now
