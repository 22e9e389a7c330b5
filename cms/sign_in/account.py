"""The password on the account page: not changed again at once, and not to be guessed there."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import PasswordChangeForm
from wagtail.admin.views.account import ChangePasswordPanel

from accounts.passwords import is_too_fresh
from ledger.events import record

from .lockout import count_failure, home_of, is_locked_out


class LimitedPasswordChangeForm(PasswordChangeForm):
    """Counts a wrong old password once for each request, as the page asks the form several times."""

    request: Any = None

    def clean_old_password(self) -> str:
        """Look whether it is right, unless too often it was not."""
        request = self.request
        if is_locked_out(request, self.user):
            raise ValidationError(_("尝试次数过多。"), "locked")
        try:
            return str(super().clean_old_password())
        except ValidationError:
            if not getattr(request, "password_failed", False):
                request.password_failed = True
                count_failure(request, self.user, "account")
            raise

    def clean(self) -> dict[str, Any]:
        """Refuse a second change on the same day: it would lead back to the old password."""
        if is_too_fresh(self.user):
            words = _("密码刚更改过，请过一天再改；已泄露的，请退出后用“忘记密码”重设。")
            self.add_error("new_password1", ValidationError(words, "fresh"))
        return dict(super().clean() or {})

    def save(self, commit: bool = True) -> Any:
        """Write it down."""
        record("sign_in.password_changed", self.user, organisation=home_of(self.user))
        return super().save(commit)


class LimitedChangePasswordPanel(ChangePasswordPanel):
    """The panel with that form."""

    form_class = LimitedPasswordChangeForm

    def get_form(self) -> LimitedPasswordChangeForm:
        """Tell the form which request it is."""
        form: LimitedPasswordChangeForm = super().get_form()
        form.request = self.request
        return form
