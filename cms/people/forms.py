"""The form of an appointment."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Duty

from .names import HELP, PersonField


class AppointForm(forms.Form):
    """Whom, and as what. Where they stand decides the tier; nothing else is chosen."""

    person = PersonField(label=_("人员"), help_text=HELP)
    duty = forms.ChoiceField(
        label=_("职责"),
        choices=Duty.of_staff(),
        widget=forms.Select(attrs={"class": "input"}),
        help_text=_("编辑员写稿，审核员审批，管理员管下级单位的人员；写稿的人不能审自己的稿。"),
    )
