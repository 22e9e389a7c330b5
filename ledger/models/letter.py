"""A letter to one person: a line of the inbox, and, if its mail is on, a mail that leaves after the commit."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """Where the mail of a letter stands."""

    NONE = "none", _("不发邮件")
    WAITING = "waiting", _("待发送")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")


class Letter(models.Model):
    """What one person is told, in the words of the moment. `must_act`: it waits for this person's decision."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters", verbose_name=_("收件人")
    )
    kind = models.CharField(_("类别"), max_length=64)
    subject = models.CharField(_("标题"), max_length=255)
    body = models.TextField(_("内容"), blank=True)
    # A path of this site, "/admin/…".
    url = models.CharField(_("链接"), max_length=500, blank=True)
    must_act = models.BooleanField(_("需要处理"), default=False)
    written_at = models.DateTimeField(_("时间"), default=timezone.now)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    mail = models.CharField(_("邮件"), max_length=8, choices=MailState.choices, default=MailState.NONE)
    attempts = models.PositiveSmallIntegerField(_("发送次数"), default=0)
    next_attempt_at = models.DateTimeField(_("下次发送"), null=True, blank=True)
    error = models.CharField(_("失败原因"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        indexes = [
            models.Index(fields=["recipient", "-written_at"], name="letter_inbox"),
            models.Index(fields=["mail", "next_attempt_at"], name="letter_outbox"),
        ]

    def __str__(self) -> str:
        return self.subject
