"""Making a link; saying something."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..models import OutsideComment
from .links import DAYS

DEFAULT_DAYS = 7


class LinkForm(forms.Form):
    """For whom, and how long."""

    purpose = forms.CharField(
        label=_("给谁看"), max_length=100, help_text=_("写明单位或人员，例如“市司法局 法制审查”；记入审计。")
    )
    days = forms.TypedChoiceField(
        label=_("有效期"),
        coerce=int,
        initial=DEFAULT_DAYS,
        choices=lambda: [(days, ngettext("%(n)d 天", "%(n)d 天", days) % {"n": days}) for days in DAYS],
        error_messages={"invalid_choice": _("有效期最长 14 天。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"


class CommentForm(forms.ModelForm):
    """A name and a text; a field that no human sees catches machines."""

    website = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = OutsideComment
        fields = ["name", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "text"):
            self.fields[name].widget.attrs["class"] = "input"

    def clean_website(self) -> str:
        """Refuse whoever fills every field there is."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("请不要填写这一栏。"))
        return ""
