"""The form of a decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .decisions import APPROVE, REJECT
from .models import ReturnReason

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

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a return, coded and in words: the submitter works from it."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("action") != REJECT:
            return {**cleaned, "reason": ""}
        if "reason" not in self.errors and not cleaned.get("reason"):
            self.add_error("reason", _("退回时请选择原因。"))
        if "comment" not in self.errors and not cleaned.get("comment"):
            self.add_error("comment", _("退回时请写明原因，提交人据此修改。"))
        return cleaned
