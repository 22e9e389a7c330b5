"""The account."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account. What it may do follows from its appointments alone."""

    # Set by whoever issues a password: only the person itself shall know the one that counts.
    must_change_password = models.BooleanField(_("须更改密码"), default=False)
    password_changed_at = models.DateTimeField(_("密码更改时间"), default=timezone.now, editable=False)
    # Since when a second factor protects the account. Kept beside the device (accounts.second_factor), as every
    # request asks.
    second_factor_since = models.DateTimeField(_("两步验证启用时间"), null=True, blank=True, editable=False)

    # The hash that a new password takes the place of, until it is saved.
    replaced_password = ""
    # Where the office reaches the person.
    phone = models.CharField(_("电话"), max_length=32, blank=True)

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")

    def get_full_name(self) -> str:
        """Return the name in Chinese order: family name, given name, no space."""
        return f"{self.last_name}{self.first_name}".strip()

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()

    def set_password(self, raw_password: str | None) -> None:
        """Set it as the person itself does; `accounts.passwords.issue` sets one for somebody else."""
        self.replaced_password = self.password
        super().set_password(raw_password)
        self.must_change_password, self.password_changed_at = False, timezone.now()
