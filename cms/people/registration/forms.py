"""The form on the screen: leader, office, signer, and a row for each of the staff."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from accounts.models import Duty, FormState, RegistrationForm

from ..names import USERNAME
from .addresses import address_problems
from .service import STAFF_VALUES, VALUES

MOST_STAFF = 50
OVERDUE, NONE = "overdue", "none"


class HeadForm(forms.ModelForm):
    """Everything but the staff. What is missing is asked for when it is submitted."""

    class Meta:
        model = RegistrationForm
        fields = VALUES
        widgets = {"filled_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"


class StaffRowForm(forms.Form):
    """One of the staff; an empty row counts for nothing."""

    name = forms.CharField(label=_("姓名"), max_length=50, required=False)
    duty = forms.ChoiceField(label=_("职责"), choices=Duty.of_staff(), required=False, initial=Duty.EDITOR)
    phone = forms.CharField(label=_("电话"), max_length=32, required=False)
    email = forms.EmailField(label=_("邮箱"), required=False)
    username = forms.CharField(label=_("用户名"), max_length=150, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "input"
            field.widget.attrs["aria-label"] = str(self.fields[name].label)

    def clean(self) -> dict[str, Any]:
        """Ask for the name where anything else is written."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("name") and any(cleaned.get(key) for key in ("phone", "email", "username")):
            self.add_error("name", _("请填写姓名；不要此人就清空整行。"))
        if cleaned.get("name") and not cleaned.get("duty"):
            self.add_error("duty", _("请选择职责。"))
        return cleaned

    def clean_username(self) -> str:
        """Check it."""
        return check_username(self.cleaned_data["username"])


def check_username(text: str) -> str:
    """Return the user name. Raises ValidationError for what cannot be one."""
    if text and not USERNAME.fullmatch(text):
        raise ValidationError(_("用户名只能用字母、数字和 @ . + - _。"))
    return text


class StaffRows(BaseFormSet):
    """All rows."""

    @classmethod
    def of(cls, data: Any = None, **kwargs: Any) -> StaffRows:
        """Return the rows that were posted, or those to fill in."""
        made: StaffRows = _StaffFormSet(data, prefix="staff", **kwargs)
        return made

    def clean(self) -> None:
        """Refuse the same person twice for the same duty, and a mailbox that is somebody else's."""
        seen: set[tuple[str, str, str]] = set()
        for form in self.forms:
            row = getattr(form, "cleaned_data", {})
            key = (row.get("name", ""), row.get("phone", ""), row.get("duty", ""))
            if key[0] and key in seen:
                form.add_error("name", _("此人的这项职责已在上面填过。"))
            seen.add(key)
        rows = [getattr(form, "cleaned_data", {}) for form in self.forms]
        for number, problem in address_problems(rows).items():
            self.forms[number].add_error("email", problem)

    @property
    def people(self) -> list[dict[str, str]]:
        """Return the rows that hold somebody."""
        return [
            {name: form.cleaned_data.get(name, "") for name in STAFF_VALUES}
            for form in self.forms
            if form.cleaned_data.get("name")
        ]


_StaffFormSet: Any = formset_factory(
    StaffRowForm, formset=StaffRows, extra=3, max_num=MOST_STAFF, absolute_max=MOST_STAFF, validate_max=True
)


class ReasonForm(forms.Form):
    """Why it is returned."""

    reason = forms.CharField(
        label=_("退回原因"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input"}),
        help_text=_("退回时必填。"),
    )


class StateForm(forms.Form):
    """Narrow the list."""

    words = forms.CharField(label=_("单位名称"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("登记表"),
        required=False,
        choices=[("", _("全部")), (NONE, _("未填写")), *FormState.choices, (OVERDUE, _("确认已满一年"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"


class SheetForm(forms.Form):
    """The spreadsheet."""

    file = forms.FileField(label=_("XLSX 文件"), help_text=_("每名工作人员一行，可含多个单位，最多 2000 行。"))
