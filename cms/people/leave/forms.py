"""The form of a leave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.models import OrganisationPage

from .service import eligible


class LeaveForm(forms.Form):
    """Where, who stands in, from when to when."""

    organisation = forms.ModelChoiceField(label=_("单位"), queryset=OrganisationPage.objects.none(), empty_label=None)
    deputy: Any = forms.ModelChoiceField(
        label=_("代理人"),
        queryset=None,
        empty_label=_("请选择"),
        help_text=_("在本单位或上级任职的人；代理人不能审批自己写的稿件。"),
    )
    since = forms.DateField(label=_("开始日期"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("结束日期（含当日）"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, person: Any, organisations: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where: Any = self.fields["organisation"]
        where.queryset = OrganisationPage.objects.filter(pk__in=[each.pk for each in organisations]).order_by("path")
        who: Any = self.fields["deputy"]
        who.queryset = eligible(person, organisations)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
