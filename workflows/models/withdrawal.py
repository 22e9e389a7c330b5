"""The act of taking something back from the public: asked for, done, reviewed, restored."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from accounts.withdrawable import REASON_LENGTH, WithdrawalKind

from .subject import AboutSubject


class WithdrawalState(models.TextChoices):
    """Where a withdrawal stands."""

    REQUESTED = "requested", _("申请中")
    DECLINED = "declined", _("申请未获同意")
    IN_EFFECT = "in_effect", _("已撤下，待复核")
    CONFIRMED = "confirmed", _("已撤下")
    RESTORED = "restored", _("已恢复公开")
    OVER = "over", _("已重新公开")


OPEN_STATES = (WithdrawalState.REQUESTED, WithdrawalState.IN_EFFECT)


class Withdrawal(AboutSubject):
    """One withdrawal. Who asked, who did it for which office, and what a restoration must know."""

    kind = models.CharField(_("撤下方式"), max_length=16, choices=WithdrawalKind.choices)
    reason = models.CharField(_("公开的原因"), max_length=REASON_LENGTH)
    target = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("转到")
    )
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(_("状态"), max_length=16, choices=WithdrawalState.choices)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("申请人")
    )
    requested_at = models.DateTimeField(_("申请时间"), null=True)
    # The office that decides: the one asked, then the one in whose name it was done.
    office = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.PROTECT, related_name="+", verbose_name=_("撤下单位")
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("撤下人")
    )
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True)
    answer = models.CharField(_("答复"), max_length=REASON_LENGTH, blank=True)
    memory = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("撤下")
        verbose_name_plural = _("撤下")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=models.Q(state__in=["requested", "in_effect"]),
                name="withdrawal_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.get_kind_display()}"
