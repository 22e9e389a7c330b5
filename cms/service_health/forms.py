"""Forms: narrow the report, announce maintenance."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from snippets.health import LABELS
from snippets.models import Industry, MaintenanceReason
from snippets.templates_hook import service_class_choices

from .report import STATES

MOMENT = "%Y-%m-%dT%H:%M"


class NarrowForm(forms.Form):
    """Class, industry, state, words. A wrong choice narrows nothing."""

    service_class = forms.ChoiceField(label=_("类别"), required=False)
    industry = forms.ChoiceField(label=_("行业"), required=False)
    state = forms.ChoiceField(label=_("运行状态"), required=False)
    q = forms.CharField(label=_("名称、编码或单位"), required=False, max_length=50)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole: list[tuple[str, Any]] = [("", _("全部"))]
        choices = {
            "service_class": service_class_choices(),
            "industry": [(each.code, each.title) for each in Industry.objects.sectors()],
            "state": [(str(state), LABELS[state]) for state in STATES],
        }
        for name, values in choices.items():
            self.fields[name].choices = [*whole, *values]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    @property
    def chosen(self) -> dict[str, str]:
        """Return what was chosen and makes sense."""
        self.is_valid()
        return {name: value.replace("\x00", "") for name, value in self.cleaned_data.items() if value}


class MaintenanceForm(forms.Form):
    """From when to when, and why."""

    starts_at = forms.DateTimeField(label=_("开始"), input_formats=[MOMENT, "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"])
    ends_at = forms.DateTimeField(
        label=_("预计恢复"),
        input_formats=[MOMENT, "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"],
        help_text=_("到时自动恢复；提前修好可提前结束。"),
    )
    reason = forms.ChoiceField(label=_("原因"), choices=MaintenanceReason, help_text=_("公众会看到。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_at", "ends_at"):
            self.fields[name].widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
