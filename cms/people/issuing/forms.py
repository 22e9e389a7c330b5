"""The form of a delivery."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DeliveryForm(forms.Form):
    """Who handed over, who received, when, on which receipt."""

    handed_by = forms.CharField(label=_("交付人"), max_length=50)
    received_by = forms.CharField(
        label=_("签收人"), max_length=50, required=False, help_text=_("留空表示各由本人签收。")
    )
    delivered_on = forms.DateField(
        label=_("交付日期"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    receipt = forms.CharField(label=_("回执编号或说明"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
