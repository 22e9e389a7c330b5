"""What the approval screen does besides deciding: claim, transfer, hold, resume."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from .handling import assign, claim, hold, resume, takers, transfer
from .remarks import without_numbers

if TYPE_CHECKING:
    from .models import TieredTaskState

CLAIM, TAKE_OVER, TRANSFER, HOLD, RESUME = "claim", "take_over", "transfer", "hold", "resume"
ACTS = (CLAIM, TAKE_OVER, TRANSFER, HOLD, RESUME)
# After these the item stays before one's eyes.
STAYING = {CLAIM, TAKE_OVER, RESUME}
PERSON, OFFICE = "person", "office"
TEXT_LIMIT = 400


class HandlingForm(forms.Form):
    """To whom it goes or until when it waits, and why."""

    action = forms.ChoiceField(choices=[(act, act) for act in ACTS])
    to = forms.ChoiceField(label=gettext_lazy("转给"), required=False)
    until = forms.DateField(
        label=gettext_lazy("恢复日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("请按 2026-12-01 的格式填写恢复日期。")},
    )
    text = forms.CharField(label=gettext_lazy("原因"), required=False, max_length=TEXT_LIMIT)

    def __init__(self, *args: Any, state: TieredTaskState, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = takers(state, user)
        people = [(f"{PERSON}:{each.pk}", str(each)) for each in found.colleagues]
        offices = [(f"{OFFICE}:{each.pk}", each.title) for each in found.offices]
        groups = [(_("本单位同事"), people), (_("上级单位"), offices)]
        self.offered = [(name, options) for name, options in groups if options]
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = [("", _("请选择")), *self.offered]
        for name, each in self.fields.items():
            each.widget.attrs |= {"class": "input", "id": f"handling-{name}"}

    def clean_text(self) -> str:
        """Refuse to copy a personal number into the trail."""
        return without_numbers(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        """Ask for what the act needs."""
        cleaned: dict[str, Any] = super().clean() or {}
        act = cleaned.get("action")
        if act == TRANSFER and "to" not in self.errors and not cleaned.get("to"):
            raise ValidationError(_("请选择转给谁。"))
        if act == HOLD and "until" not in self.errors and not cleaned.get("until"):
            raise ValidationError(_("请填写恢复日期。"))
        if act in {TRANSFER, HOLD} and not cleaned.get("text"):
            raise ValidationError(_("请写明原因，轨迹中会如实记录。"))
        return cleaned


def perform(state: TieredTaskState, user: Any, cleaned: dict[str, Any]) -> str:
    """Do what a valid form says; return what to tell. Raises NotDecidableError, ValidationError."""
    title = {"title": state.revision.object_str}
    if cleaned["action"] in {CLAIM, TAKE_OVER}:
        claim(state_id=state.pk, user=user, take_over=cleaned["action"] == TAKE_OVER)
        return _("《%(title)s》由您办理，同事能看到。") % title
    if cleaned["action"] == HOLD:
        hold(state_id=state.pk, user=user, until=cleaned["until"], text=cleaned["text"])
        return _("《%(title)s》已暂缓，到期自动恢复。") % title
    if cleaned["action"] == RESUME:
        resume(state_id=state.pk, user=user)
        return _("《%(title)s》已恢复办理，期限重新计算。") % title
    return _pass_on(state, user, cleaned)


def _pass_on(state: TieredTaskState, user: Any, cleaned: dict[str, Any]) -> str:
    kind, _separator, number = cleaned["to"].partition(":")
    to: Any
    if kind == PERSON:
        to = get_user_model()._default_manager.get(pk=number)
        assign(state_id=state.pk, user=user, colleague=to, text=cleaned["text"])
    else:
        to = Page.objects.get(pk=number)
        transfer(state_id=state.pk, user=user, to=to, text=cleaned["text"])
    return _("《%(title)s》已转“%(to)s”审核。") % {"title": state.revision.object_str, "to": to}
