"""Whether a service item can be got done online just now: what the checks found, and what its unit has announced.

Side tables of the source-language item: an older version published later undoes nothing, a translation doubles nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .service_item import ServiceItem

if TYPE_CHECKING:
    from datetime import datetime


class HealthState(models.TextChoices):
    """What the checks say, after several of them: one failure is none."""

    UNKNOWN = "unknown", _("尚未核验")
    WORKING = "working", _("正常")
    DOWN = "down", _("暂时不通")


class ItemHealth(models.Model):
    """What the checks found of an item's link and connector. Written by `cms.service_health` alone."""

    item = models.OneToOneField(
        ServiceItem, on_delete=models.CASCADE, related_name="health", verbose_name=_("在线服务项目")
    )
    state = models.CharField(_("运行状态"), max_length=16, choices=HealthState, default=HealthState.UNKNOWN)
    since = models.DateTimeField(_("自何时起"), null=True, blank=True)
    checked_at = models.DateTimeField(_("最近核验"), null=True, blank=True)
    # The day the public reads; it moves with the state, and else once a week, so that answers can be kept.
    confirmed_on = models.DateField(_("公布的核验日期"), null=True, blank=True)
    # Why it fails, in code: "status 500", "timeout", "certificate".
    reason = models.CharField(_("原因"), max_length=64, blank=True)
    # What the unit was last written about it, and when.
    told = models.CharField(max_length=16, blank=True, editable=False)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("在线服务运行情况")
        verbose_name_plural = _("在线服务运行情况")
        indexes = [models.Index(fields=["state", "told"], name="item_health_state")]

    def __str__(self) -> str:
        return f"{self.item} {self.get_state_display()}"


class MaintenanceReason(models.TextChoices):
    """Why: chosen, not written, for the public reads it and nobody approves it."""

    UPGRADE = "upgrade", _("系统升级")
    REPAIR = "repair", _("设备检修")
    SETTLEMENT = "settlement", _("结算、对账")
    PROVIDER = "provider", _("提供方系统维护")


class MaintenanceQuerySet(models.QuerySet["Maintenance"]):
    """Reads of the announced maintenance."""

    def running_at(self, moment: datetime) -> MaintenanceQuerySet:
        """Return what is under maintenance at a moment."""
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)

    def ahead_of(self, moment: datetime) -> MaintenanceQuerySet:
        """Return what is not over at a moment."""
        return self.filter(ends_at__gt=moment)


class Maintenance(models.Model):
    """A time in which an item cannot be got done online, announced by its unit."""

    item = models.ForeignKey(
        ServiceItem, on_delete=models.CASCADE, related_name="maintenances", verbose_name=_("在线服务项目")
    )
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"), db_index=True)
    reason = models.CharField(_("原因"), max_length=100, choices=MaintenanceReason, default=MaintenanceReason.UPGRADE)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("登记人")
    )
    declared_at = models.DateTimeField(_("登记时间"), default=timezone.now)

    objects = MaintenanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("在线服务维护")
        verbose_name_plural = _("在线服务维护")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="maintenance_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.starts_at:%Y-%m-%d %H:%M}"

    def clean(self) -> None:
        """Refuse a time that ends before it begins."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("结束时间应晚于开始时间。")})
