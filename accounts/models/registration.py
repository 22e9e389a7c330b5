"""办事公开工作信息登记表 (DB21/T 2175.5 §4.1.1, §4.1.12): who leads, answers and works, by organisation.

Names and numbers of staff are for the offices alone: no page, no API and no search index reads these tables.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .appointment import Duty


class FormState(models.TextChoices):
    """Where a form stands."""

    DRAFT = "draft", _("填写中")
    SUBMITTED = "submitted", _("待上级确认")
    CONFIRMED = "confirmed", _("已确认")
    RETURNED = "returned", _("已退回")


# In these the unit writes.
OPEN_STATES = (FormState.DRAFT, FormState.RETURNED)


class RegistrationForm(models.Model):
    """One version of an organisation's form. What was confirmed is not changed any more: the next version begins."""

    organisation = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.PROTECT, related_name="registration_forms", verbose_name=_("单位")
    )
    version = models.PositiveSmallIntegerField(_("版次"), default=1)
    state = models.CharField(_("状态"), max_length=16, choices=FormState.choices, default=FormState.DRAFT)
    leader_name = models.CharField(_("分管领导姓名"), max_length=50, blank=True)
    leader_post = models.CharField(_("分管领导职务"), max_length=100, blank=True)
    leader_phone = models.CharField(_("分管领导电话"), max_length=32, blank=True)
    office_name = models.CharField(_("工作机构"), max_length=100, blank=True)
    head_name = models.CharField(_("机构负责人姓名"), max_length=50, blank=True)
    head_phone = models.CharField(_("机构负责人电话"), max_length=32, blank=True)
    filled_on = models.DateField(_("填表日期"), null=True, blank=True)
    signer = models.CharField(_("填表人"), max_length=50, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("提交人")
    )
    submitted_at = models.DateTimeField(_("提交时间"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("确认人")
    )
    decided_at = models.DateTimeField(_("确认时间"), null=True)
    reason = models.CharField(_("退回原因"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("办事公开工作信息登记表")
        verbose_name_plural = _("办事公开工作信息登记表")
        constraints = [models.UniqueConstraint(fields=["organisation", "version"], name="form_version_once")]
        indexes = [models.Index(fields=["state", "decided_at"], name="form_by_state")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.version}"

    @property
    def is_open(self) -> bool:
        """May it be written in?"""
        return self.state in OPEN_STATES


class RegisteredStaff(models.Model):
    """One of the staff of a form."""

    form = models.ForeignKey(RegistrationForm, on_delete=models.CASCADE, related_name="staff")
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("姓名"), max_length=50)
    duty = models.CharField(_("职责"), max_length=16, choices=Duty.of_staff())
    phone = models.CharField(_("电话"), max_length=32, blank=True)
    email = models.EmailField(_("邮箱"), blank=True)
    username = models.CharField(_("用户名"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("工作人员")
        verbose_name_plural = _("工作人员")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class AccountIssue(models.Model):
    """A one-time password that was handed out on paper: to whom, by whom, when. The password stands nowhere."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="issues", verbose_name=_("人员")
    )
    organisation = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.PROTECT, related_name="+", verbose_name=_("单位")
    )
    form = models.ForeignKey(RegistrationForm, on_delete=models.SET_NULL, null=True, related_name="issues")
    issued_at = models.DateTimeField(_("制作时间"), default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("制作人")
    )
    handed_by = models.CharField(_("交付人"), max_length=50, blank=True)
    received_by = models.CharField(_("签收人"), max_length=50, blank=True)
    delivered_on = models.DateField(_("交付日期"), null=True)
    receipt = models.CharField(_("回执"), max_length=100, blank=True)
    # A later sheet takes its place.
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("账号发放")
        verbose_name_plural = _("账号发放")
        indexes = [models.Index(fields=["organisation", "delivered_on"], name="issue_by_place")]

    def __str__(self) -> str:
        return f"{self.user} · {timezone.localdate(self.issued_at)}"
