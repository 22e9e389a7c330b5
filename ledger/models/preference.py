"""How somebody wants to be told by mail; the inbox has everything anyway."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.TextChoices):
    """When mail comes."""

    AT_ONCE = "at_once", _("随到随发")
    DAILY = "daily", _("每个工作日上午 8 时汇总一封")
    INBOX = "inbox", _("不发邮件，只在站内通知")


class MailPreference(models.Model):
    """The choice of one person; whoever has made none gets mail at once."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preference", verbose_name=_("人员")
    )
    delivery = models.CharField(_("邮件"), max_length=8, choices=Delivery.choices, default=Delivery.AT_ONCE)

    class Meta:
        verbose_name = _("邮件设置")
        verbose_name_plural = _("邮件设置")

    def __str__(self) -> str:
        return f"{self.user} · {self.get_delivery_display()}"
