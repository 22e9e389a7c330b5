"""The form of a handover."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from pages.models import OrganisationPage


class HandoverForm(forms.Form):
    """To whom, and of which organisation."""

    taker = forms.CharField(label=_("接收人用户名"), max_length=150, help_text=_("须已有账号。"))
    organisation = forms.ModelChoiceField(
        label=_("移交范围"),
        queryset=OrganisationPage.objects.none(),
        required=False,
        empty_label=_("全部单位（您管理的范围内）"),
    )

    def __init__(self, *args: Any, organisations: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where: Any = self.fields["organisation"]
        where.queryset = OrganisationPage.objects.filter(pk__in=organisations).order_by("path")
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def clean_taker(self) -> User:
        """Return the account."""
        name = self.cleaned_data["taker"].strip()
        user = User.objects.filter(username=name).first()
        if user is None:
            raise ValidationError(_("没有用户名为“%(name)s”的账号。") % {"name": name})
        return user
