"""Forms of the clerk's tools."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Duty
from rules.credit_code import CreditCodeError, check_credit_code, normalise_credit_code
from snippets.models import Industry

from ..people.names import HELP, PersonField


class SheetForm(forms.Form):
    """The spreadsheet, and what to do with it."""

    file = forms.FileField(label=_("XLSX 文件"), help_text=_("先下载空表填写；每行一条，最多 300 行。"))


class FoundingForm(forms.Form):
    """A new unit: what it is, and who works there."""

    title = forms.CharField(label=_("全称"), max_length=255)
    short_name = forms.CharField(label=_("简称"), max_length=50, required=False)
    industry = forms.ModelChoiceField(
        label=_("行业"),
        queryset=Industry.objects.branches().select_related("parent").order_by("parent__order", "order"),
        empty_label=_("请选择"),
        help_text=_("决定公开目录和页面上的行业字段。"),
    )
    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=32, required=False, help_text=_("18 位；没有的留空。")
    )
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    editor = PersonField(label=_("编辑员"), help_text=HELP)
    reviewer = PersonField(
        label=_("审核员"), required=False, help_text=_("本单位初审的人，不能与编辑员相同；没有的由上级审核。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def clean_credit_code(self) -> str:
        """Check the code."""
        code = normalise_credit_code(self.cleaned_data["credit_code"])
        if code:
            try:
                check_credit_code(code)
            except CreditCodeError as error:
                raise ValidationError(str(error)) from error
        return code

    def clean(self) -> dict[str, Any]:
        """Refuse one person for both duties: nobody approves what he wrote."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        editor, reviewer = (cleaned.get(name, "").split(" ")[0] for name in ("editor", "reviewer"))
        if editor and editor == reviewer:
            self.add_error("reviewer", _("审核员不能与编辑员是同一人。"))
        return cleaned

    @property
    def people(self) -> dict[str, str]:
        """Return who is appointed as what."""
        chosen = {Duty.EDITOR: self.cleaned_data["editor"], Duty.REVIEWER: self.cleaned_data["reviewer"]}
        return {duty: name for duty, name in chosen.items() if name}

    @property
    def values(self) -> dict[str, Any]:
        """Return the fields of the page."""
        return {name: self.cleaned_data[name] for name in ("title", "short_name", "industry", "credit_code", "address")}
