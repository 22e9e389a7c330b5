"""The forms of the door. `failed` says that a secret was wrong: that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm

from accounts.backends import ADMIN_ACCESS
from accounts.second_factor import confirm, must_wait, use_recovery_code, verify

if TYPE_CHECKING:
    from accounts.models import User

INPUT = {"class": "input"}
TOKEN = {
    **INPUT,
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "pattern": "[0-9 ]*",
    "maxlength": 7,
    "size": 7,
}
WRONG_PASSWORD = _("密码不正确。")
WRONG_TOKEN = _("验证码不正确或已用过。请核对手机时间，输入应用上现在显示的 6 位数字。")


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
        if not user.has_perm(ADMIN_ACCESS):
            raise ValidationError(_("您的账号目前没有任职，不能进入后台。请联系上级管理员。"), "no_appointment")


class PersonForm(forms.Form):
    """A form that somebody fills in about himself."""

    failed = False

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def fail(self, words: Any) -> ValidationError:
        """Return the error of a wrong secret."""
        self.failed = True
        return ValidationError(words, "wrong")


class TokenField(forms.CharField):
    """Six figures; applications show them in two groups."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=7, widget=forms.TextInput(TOKEN), **kwargs)

    def clean(self, value: object) -> str:
        """Leave out the gap."""
        return "".join(str(super().clean(value)).split())


class VerifyForm(PersonForm):
    """A token of the application, or one of the codes on paper."""

    token = TokenField(label=_("动态验证码"), required=False, help_text=_("验证器应用上显示的 6 位数字。"))
    recovery_code = forms.CharField(
        label=_("恢复码"),
        required=False,
        max_length=40,
        widget=forms.TextInput({**INPUT, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("启用时保存的恢复码之一，每个只能用一次。"),
    )

    by = ""

    def clean(self) -> dict[str, Any]:
        """Try what was given."""
        token, code = self.cleaned_data.get("token"), self.cleaned_data.get("recovery_code")
        if code:
            self.by = "recovery_code"
            if not use_recovery_code(self.person, code):
                self.add_error("recovery_code", self.fail(_("恢复码不正确或已用过。")))
        elif token:
            self.by = "token"
            if must_wait(self.person):
                self.add_error("token", ValidationError(_("刚才输错过，请等几秒钟再试。"), "wait"))
            elif not verify(self.person, token):
                self.add_error("token", self.fail(WRONG_TOKEN))
        elif not self.errors:
            self.add_error("token", ValidationError(_("请输入验证码。"), "required"))
        return self.cleaned_data


class PasswordAgainForm(PersonForm):
    """Asks for the password again: whoever finds an open session shall not change the lock."""

    password = forms.CharField(
        label=_("登录密码"),
        strip=False,
        widget=forms.PasswordInput({**INPUT, "autocomplete": "current-password"}),
        help_text=_("再输一次，确认是您本人。"),
    )

    def clean_password(self) -> str:
        """Look whether it is right."""
        if not self.person.check_password(self.cleaned_data["password"]):
            raise self.fail(WRONG_PASSWORD)
        return str(self.cleaned_data["password"])


class SetUpForm(PersonForm):
    """The first token of a new device; while entering, the password was given a moment ago."""

    token = TokenField(label=_("动态验证码"), help_text=_("扫码后，输入应用上显示的 6 位数字。"))

    def clean_token(self) -> str:
        """Confirm the device, unless something else is wrong."""
        token = str(self.cleaned_data["token"])
        if not self.errors and not confirm(self.person, token):
            raise self.fail(WRONG_TOKEN)
        return token


class SetUpAgainForm(SetUpForm, PasswordAgainForm):
    """The same from inside: with the password."""

    field_order = ("password", "token")


class ProveForm(PasswordAgainForm, VerifyForm):
    """Password and second factor, before the second factor is changed."""

    field_order = ("password", "token", "recovery_code")

    def clean(self) -> dict[str, Any]:
        """Use up no code for a wrong password."""
        return self.cleaned_data if self.errors else super().clean()


class NewPasswordForm(PasswordChangeForm):
    """The old password and the new one twice."""

    failed = False

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(person, *args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.update(INPUT)

    def clean_old_password(self) -> str:
        """Look whether it is right."""
        try:
            return str(super().clean_old_password())
        except ValidationError:
            self.failed = True
            raise
