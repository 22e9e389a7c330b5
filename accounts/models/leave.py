"""The leave: for some days a named deputy holds what a person holds at an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import date


class LeaveQuerySet(models.QuerySet["Leave"]):
    """Reads of the leaves."""

    def in_force(self, on: date) -> LeaveQuerySet:
        """Return the leaves of the given day."""
        return self.filter(since__lte=on, until__gte=on)

    def overlapping(self, since: date, until: date) -> LeaveQuerySet:
        """Return the leaves that share a day with the given ones."""
        return self.filter(since__lte=until, until__gte=since)


class Leave(models.Model):
    """User × organisation × deputy × days. It begins and ends by itself: authority is derived day by day.

    Editing and reviewing pass to the deputy. Administering passes only when an administrator above has set the leave:
    nobody lends power over people by himself.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leaves", verbose_name=_("人员")
    )
    organisation = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="leaves", verbose_name=_("单位")
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deputising", verbose_name=_("代理人")
    )
    since = models.DateField(_("开始日期"))
    until = models.DateField(_("结束日期"))
    passes_administration = models.BooleanField(_("含管理员职责"), default=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("登记人")
    )
    set_at = models.DateTimeField(_("登记时间"), default=timezone.now)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("请假")
        verbose_name_plural = _("请假")
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="leave_ends_after_it_begins"),
            models.CheckConstraint(condition=~models.Q(user=models.F("deputy")), name="leave_has_another_deputy"),
        ]
        indexes = [models.Index(fields=["organisation", "until"], name="leave_by_place")]

    def __str__(self) -> str:
        return f"{self.user} → {self.deputy} · {self.since}–{self.until}"
