"""What happens to a tier between its start and its decision: claimed, transferred, held, escalated, led elsewhere."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ActKind(models.TextChoices):
    """What happened."""

    CLAIMED = "claimed", _("我来办")
    TAKEN_OVER = "taken_over", _("接手办理")
    ASSIGNED = "assigned", _("转交同事")
    TRANSFERRED = "transferred", _("转上级审核")
    HELD = "held", _("暂缓")
    RESUMED = "resumed", _("恢复办理")
    ESCALATED = "escalated", _("逾期转上级")
    REROUTED = "rerouted", _("改送审核单位")


class TierAct(models.Model):
    """One act on a task state; rows are only ever added. Whose organisation had it before keeps read access."""

    state = models.ForeignKey(
        "workflows.TieredTaskState", on_delete=models.CASCADE, related_name="acts", verbose_name=_("审核状态")
    )
    kind = models.CharField(_("事项"), max_length=16, choices=ActKind.choices)
    at = models.DateTimeField(_("时间"), default=timezone.now)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("人员")
    )
    from_organisation = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("原审核单位")
    )
    to_organisation = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("新审核单位")
    )
    text = models.CharField(_("说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("审核办理记录")
        verbose_name_plural = _("审核办理记录")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_kind_display()}"
