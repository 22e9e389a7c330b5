"""The form of a subscription."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Cadence


class SubscribeForm(forms.Form):
    """An address and how often; the choice stands in the address of the page."""

    email = forms.EmailField(
        label=_("电子邮箱"),
        max_length=254,
        help_text=_("只用来发送您订阅的内容，加密保存；退订或到期即删除。"),
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
        error_messages={
            "required": _("请填电子邮箱。"),
            "invalid": _("这不是一个电子邮箱地址，例如 name@example.com。"),
            "max_length": _("电子邮箱太长。"),
        },
    )
    cadence = forms.ChoiceField(
        label=_("多久一封"),
        choices=Cadence.choices,
        initial=Cadence.DAILY,
        help_text=_("早上 8 时发送；没有新公开就不发。"),
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": _("没有“%(value)s”这个选项。"), "required": _("请选多久一封。")},
    )

    urgent = forms.BooleanField(
        label=_("停供、抢修当天即告"),
        required=False,
        initial=True,
        help_text=_("与所选有关的停供、抢修一公开就发，一天至多几封，其余的列在定期的信里。"),
    )

    def clean_email(self) -> str:
        """Write an address in one way."""
        return str(self.cleaned_data["email"]).strip().lower()
