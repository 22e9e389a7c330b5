"""The account form: a Chinese name is one word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import NameEmailForm


class WholeNameForm(NameEmailForm):
    """Name and mail address. Wagtail asks for family and given name apart, and requires both."""

    last_name = None
    first_name = forms.CharField(label=_("姓名"), max_length=150)

    class Meta(NameEmailForm.Meta):
        fields = ["first_name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["first_name"] = self.instance.get_full_name()

    def save(self, commit: bool = True) -> Any:
        """Keep the whole name in one field, as the founding of a unit does."""
        self.instance.last_name = ""
        return super().save(commit)
