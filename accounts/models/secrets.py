"""What is remembered of secrets: hashes only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UsedPassword(models.Model):
    """A password that another has taken the place of; it shall not come back soon."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="used_passwords", verbose_name=_("用户")
    )
    password = models.CharField(_("密码散列"), max_length=128)
    replaced_at = models.DateTimeField(_("停用时间"), default=timezone.now)

    class Meta:
        verbose_name = _("用过的密码")
        verbose_name_plural = _("用过的密码")
        ordering = ["-replaced_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} · {self.replaced_at:%Y-%m-%d}"


class RecoveryCode(models.Model):
    """A code that opens the door once when the telephone is lost. Only its keyed hash is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes", verbose_name=_("用户")
    )
    digest = models.CharField(_("恢复码散列"), max_length=64)

    class Meta:
        verbose_name = _("恢复码")
        verbose_name_plural = _("恢复码")
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.digest[:6]}"
