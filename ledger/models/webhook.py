"""Addresses outside that are told what changes for the public, and each telling with its attempts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..signatures import new_nonce, secret_from

if TYPE_CHECKING:
    from datetime import datetime


class WebhookState(models.TextChoices):
    """Is it told?"""

    ACTIVE = "active", _("推送中")
    PAUSED = "paused", _("已暂停")
    FAILING = "failing", _("连续失败，已自动暂停")
    GONE = "gone", _("对方答复不再接收（410），已自动暂停")


class Webhook(models.Model):
    """An address that is told of the public changes within one organisation and below.

    The secrets are not kept: they follow from the site's own key and a nonce. The one before stays valid for a day
    after a rotation. `reached` is the number of the last event of the ledger that was looked at.
    """

    name = models.CharField(_("名称"), max_length=80)
    address = models.CharField(_("接收地址"), max_length=500)
    organisation = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="webhooks", verbose_name=_("单位")
    )
    # Empty: all of them, those to come too.
    kinds = models.JSONField(_("事件种类"), default=list, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=WebhookState.choices, default=WebhookState.ACTIVE)
    nonce = models.CharField(max_length=64, default=new_nonce, editable=False)
    previous_nonce = models.CharField(max_length=64, blank=True, editable=False)
    previous_until = models.DateTimeField(null=True, editable=False)
    reached = models.BigIntegerField(default=0, editable=False)
    # Since when nothing has arrived, and until when it is left alone.
    failing_since = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    rest_until = models.DateTimeField(null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("建立人"),
    )
    created_at = models.DateTimeField(_("建立时间"), default=timezone.now)

    class Meta:
        verbose_name = _("变更推送")
        verbose_name_plural = _("变更推送")

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        """Is it told?"""
        return self.state == WebhookState.ACTIVE

    @property
    def secret(self) -> str:
        """Return the present secret, as the receiver writes it down."""
        return secret_from(self.nonce)

    def secrets_at(self, now: datetime) -> list[str]:
        """Return the secrets that sign at a moment, the present one first."""
        is_rotating = self.previous_nonce and self.previous_until is not None and now < self.previous_until
        return [self.secret, secret_from(self.previous_nonce)] if is_rotating else [self.secret]


class DeliveryState(models.TextChoices):
    """Where a delivery stands."""

    WAITING = "waiting", _("待送达")
    DONE = "done", _("已送达")
    GIVEN_UP = "given_up", _("未送达，不再重试")


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """Reads of the deliveries."""

    def due(self, now: datetime) -> WebhookDeliveryQuerySet:
        """Return what is to be sent now; about one object the earlier comes first, or has been given up."""
        same = {name: models.OuterRef(name) for name in ("webhook", "object_key")}
        earlier = WebhookDelivery.objects.filter(
            **same, state=DeliveryState.WAITING, sequence__lt=models.OuterRef("sequence")
        )
        waiting: Any = self.filter(state=DeliveryState.WAITING, next_attempt_at__lte=now)
        return waiting.exclude(models.Exists(earlier))


class WebhookDelivery(models.Model):
    """One telling of one event to one address: the bytes that are sent, the same at every attempt."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    # The number of the event in the ledger; none for a test message.
    sequence = models.BigIntegerField(_("序号"), null=True)
    kind = models.CharField(_("种类"), max_length=32)
    object_key = models.CharField(_("对象"), max_length=64)
    message_id = models.CharField(max_length=64, unique=True)
    body = models.TextField()
    state = models.CharField(_("状态"), max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    next_attempt_at = models.DateTimeField(_("下次尝试"), default=timezone.now)
    # The worker that is sending it.
    claim = models.CharField(max_length=32, blank=True, editable=False)
    status = models.PositiveSmallIntegerField(_("答复状态"), null=True)
    error = models.CharField(_("错误"), max_length=255, blank=True)
    created_at = models.DateTimeField(_("时间"), default=timezone.now)
    settled_at = models.DateTimeField(_("结束时间"), null=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("推送记录")
        verbose_name_plural = _("推送记录")
        constraints = [models.UniqueConstraint(fields=["webhook", "sequence"], name="delivery_once")]
        indexes = [
            models.Index(
                fields=["webhook", "next_attempt_at"], name="delivery_due", condition=models.Q(state="waiting")
            ),
            models.Index(
                fields=["webhook", "object_key", "sequence"],
                name="delivery_order",
                condition=models.Q(state="waiting"),
            ),
            models.Index(fields=["webhook", "-id"], name="delivery_log"),
            models.Index(fields=["settled_at"], name="delivery_settled"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_key}"


class WebhookAttempt(models.Model):
    """One attempt: when, what came back, how long it took."""

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField(_("时间"), default=timezone.now)
    status = models.PositiveSmallIntegerField(_("答复状态"), null=True)
    error = models.CharField(_("错误"), max_length=255, blank=True)
    milliseconds = models.PositiveIntegerField(_("毫秒"))
    # The beginning only, to see what went wrong.
    answer = models.CharField(_("答复开头"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("推送尝试")
        verbose_name_plural = _("推送尝试")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.status or self.error}"
