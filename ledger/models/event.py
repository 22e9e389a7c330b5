"""One fact that happened: feed, webhooks, mail, purge and audit all read this one table."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Result(models.TextChoices):
    """How it ended."""

    DONE = "done", _("成功")
    REFUSED = "refused", _("被拒绝")
    FAILED = "failed", _("失败")


class Event(models.Model):
    """Who did what, when, from where, to what, with which result. Rows are only ever added.

    GB/T 22239-2019: each user's acts with time, user, type and result, kept at least 180 days (网络安全法第二十一条).
    Names stand beside the numbers: an event outlives the account, the page and the organisation it speaks of, so its
    keys carry no constraint.
    """

    at = models.DateTimeField(_("时间"), default=timezone.now, db_index=True)
    kind = models.CharField(_("事项"), max_length=64, db_index=True)
    result = models.CharField(_("结果"), max_length=8, choices=Result.choices, default=Result.DONE)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("人员"),
    )
    actor_name = models.CharField(_("姓名"), max_length=255, blank=True)
    # Where from: the address of the client, and the way in (web, api, command, worker).
    address = models.GenericIPAddressField(_("来源地址"), null=True)
    channel = models.CharField(_("途径"), max_length=16, blank=True)
    subject_type = models.CharField(_("对象类型"), max_length=100, blank=True)
    subject_id = models.CharField(_("对象编号"), max_length=64, blank=True)
    subject_title = models.CharField(_("对象"), max_length=255, blank=True)
    # Whose matter it is: decides who may read the event.
    organisation = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("单位"),
    )
    before = models.JSONField(_("变更前"), null=True)
    after = models.JSONField(_("变更后"), null=True)
    data = models.JSONField(_("详情"), default=dict)

    class Meta:
        verbose_name = _("事件")
        verbose_name_plural = _("事件")
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="event_by_subject"),
            models.Index(fields=["organisation", "-at"], name="event_by_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor_name} {self.kind} {self.subject_title}".strip()
