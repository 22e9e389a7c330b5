"""The forms of the door."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm

from accounts.backends import ADMIN_ACCESS


class DeskLoginForm(LoginForm):
    """Wagtail's form with labels; nobody is remembered: an idle session ends."""

    remember = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("密码")
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"

    def confirm_login_allowed(self, user: Any) -> None:
        """Say to whoever knows the password, and to nobody else, that the account has nothing to do here."""
        super().confirm_login_allowed(user)
        if not user.is_superuser and not user.has_perm(ADMIN_ACCESS):
            raise ValidationError(_("您的账号目前没有任职，不能进入后台。请联系上级管理员。"), "no_appointment")
