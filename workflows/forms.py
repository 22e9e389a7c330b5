"""The form of a decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .confirmations import Tick
from .decisions import APPROVE, REJECT
from .models import ReturnReason
from .remarks import without_numbers

COMMENT_LIMIT = 2_000


class DecisionForm(forms.Form):
    """Approve, or return with a reason."""

    action = forms.ChoiceField(
        choices=[(APPROVE, _("批准")), (REJECT, _("退回修改"))],
        error_messages={"required": _("请选择批准或退回。"), "invalid_choice": _("只能批准或退回。")},
    )
    reason = forms.ChoiceField(
        label=_("退回原因"),
        required=False,
        choices=[("", _("请选择")), *ReturnReason.choices],
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": _("请从列表中选择退回原因。")},
    )
    comment = forms.CharField(label=_("审核意见"), required=False, max_length=COMMENT_LIMIT, widget=forms.Textarea)
    confirmed = forms.MultipleChoiceField(
        label=_("确认"), required=False, error_messages={"invalid_choice": _("所列事项有变化，请重新确认。")}
    )

    def __init__(self, *args: Any, ticks: list[Tick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ticks = ticks
        field = self.fields["confirmed"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (for the type checker)
        field.choices = [(tick.key, tick.label) for tick in ticks]

    @property
    def ticked(self) -> list[str]:
        """Return the keys of what was ticked when the form was sent."""
        return self["confirmed"].value() or [] if self.is_bound else []

    def clean_comment(self) -> str:
        """Refuse to copy a personal number into the trail, which is kept and mailed."""
        return without_numbers(self.cleaned_data["comment"])

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a return, coded and in words: the submitter works from it."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("action") != REJECT:
            if self.ticks and not {tick.key for tick in self.ticks} <= set(cleaned.get("confirmed", [])):
                self.add_error("confirmed", _("批准前请逐项确认并勾选。"))
            return {**cleaned, "reason": ""}
        if "reason" not in self.errors and not cleaned.get("reason"):
            self.add_error("reason", _("退回时请选择原因。"))
        if "comment" not in self.errors and not cleaned.get("comment"):
            self.add_error("comment", _("退回时请写明原因，提交人据此修改。"))
        return cleaned
