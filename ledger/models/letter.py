"""A letter to one person: a line of the inbox, and, if its mail is on, a mail that leaves after the commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import datetime

# A digest is mail only: what it lists stands in the inbox already.
DIGEST = "letters.digest"


class MailState(models.TextChoices):
    """Where the mail of a letter stands."""

    NONE = "none", _("不发邮件")
    WAITING = "waiting", _("待发送")
    DIGEST = "digest", _("待汇总")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")


class LetterQuerySet(models.QuerySet["Letter"]):
    """Reads of the letters."""

    def inbox_of(self, person: Any) -> LetterQuerySet:
        """Return what stands in the inbox of a person."""
        return self.filter(recipient=person).exclude(kind=DIGEST)

    def unread(self) -> LetterQuerySet:
        """Return what was not opened, without what somebody has settled meanwhile."""
        return self.filter(read_at=None, settled_at=None)

    def to_act(self) -> LetterQuerySet:
        """Return what still waits for the recipient; what nobody can settle waits until it is read."""
        waits = ~models.Q(matter="") | models.Q(read_at=None)
        return self.filter(waits, must_act=True, settled_at=None)

    def due(self, now: datetime) -> LetterQuerySet:
        """Return what is to be mailed now."""
        due = models.Q(next_attempt_at=None) | models.Q(next_attempt_at__lte=now)
        return self.filter(due, mail=MailState.WAITING)


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
    # The name, as it was: letters are sorted by it and lead nowhere by it.
    organisation = models.CharField(_("单位"), max_length=255, blank=True)
    must_act = models.BooleanField(_("需要处理"), default=False)
    # What it is about: all letters about it are settled together (see ledger.letters.settle).
    matter = models.CharField(_("事项"), max_length=100, blank=True, db_index=True)
    settled_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("办理人"),
    )
    written_at = models.DateTimeField(_("时间"), default=timezone.now)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    mail = models.CharField(_("邮件"), max_length=8, choices=MailState.choices, default=MailState.NONE)
    attempts = models.PositiveSmallIntegerField(_("发送次数"), default=0)
    next_attempt_at = models.DateTimeField(_("下次发送"), null=True, blank=True)
    error = models.CharField(_("失败原因"), max_length=255, blank=True)
    # The worker that is sending it.
    claim = models.CharField(max_length=32, blank=True, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        indexes = [
            models.Index(fields=["recipient", "-written_at"], name="letter_inbox"),
            models.Index(fields=["mail", "next_attempt_at"], name="letter_outbox"),
            models.Index(fields=["recipient"], name="letter_unread", condition=models.Q(read_at=None, settled_at=None)),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_open(self) -> bool:
        """Does it still wait for the recipient?"""
        return self.must_act and self.settled_at is None and (self.matter != "" or self.read_at is None)
