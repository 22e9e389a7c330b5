"""A subscription: a sealed address and the choice it is told about. There is nothing else about a person.

Beside it stand the outages that it is told of at once; each of them once.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from pages.models import PublicationRecord

KEY_LENGTH = 32


class Cadence(models.TextChoices):
    """How often news are sent."""

    DAILY = "daily", _("每天一封")
    WEEKLY = "weekly", _("每周一封")


def new_key() -> str:
    """Return the name of a subscription in links."""
    return get_random_string(KEY_LENGTH)


class Subscription(models.Model):
    """Asked for by whoever typed an address; confirmed by who reads its mail. One confirmed one for each address."""

    key = models.CharField(max_length=KEY_LENGTH, unique=True, default=new_key, editable=False)
    # See sealing.py.
    digest = models.CharField(max_length=64, db_index=True, editable=False)
    address = models.TextField(editable=False)
    # The query string of cms.mine.choice.
    choice = models.TextField(_("选择"))
    cadence = models.CharField(_("频率"), max_length=8, choices=Cadence.choices)
    urgent = models.BooleanField(_("停供抢修当天即告"), default=False)
    language = models.CharField(_("语言"), max_length=10)
    asked_at = models.DateTimeField(_("申请时间"), default=timezone.now, db_index=True)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True, db_index=True)
    # News up to here have been told.
    told_until = models.DateTimeField(_("已告知至"), null=True, blank=True)
    # When the next mail is due: the one that asks to confirm, or news.
    next_at = models.DateTimeField(_("下次发送"), null=True, blank=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(_("连续失败次数"), default=0)
    # The last day on which outages were told at once, and how many mails that took.
    alerted_on = models.DateField(null=True, blank=True, editable=False)
    alerts_sent = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("邮件订阅")
        verbose_name_plural = _("邮件订阅")

    def __str__(self) -> str:
        return f"{self.pk} {self.get_cadence_display()}"


class FoundOutage(models.Model):
    """An outage for which it was noted whom it concerns: that is done once."""

    record = models.OneToOneField(PublicationRecord, on_delete=models.CASCADE, related_name="+")
    found_at = models.DateTimeField(_("时间"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("已分发的停供")
        verbose_name_plural = _("已分发的停供")

    def __str__(self) -> str:
        return str(self.record_id)


class Alert(models.Model):
    """An outage that a subscription is to be told of at once, or was told of: the digest leaves that out."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="alerts")
    record = models.ForeignKey(PublicationRecord, on_delete=models.CASCADE, related_name="+")
    # None once it is sent.
    due_at = models.DateTimeField(_("应发时间"), null=True, blank=True, db_index=True)
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(_("失败次数"), default=0)

    class Meta:
        verbose_name = _("停供即告")
        verbose_name_plural = _("停供即告")
        constraints = [models.UniqueConstraint(fields=["subscription", "record"], name="an_outage_is_told_once")]

    def __str__(self) -> str:
        return f"{self.subscription_id} {self.record_id}"
