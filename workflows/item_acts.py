"""What the approval screen does besides deciding: claim, transfer, hold, resume."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from .bundle_acts import bundle_of, with_the_bundle
from .handling import assign, claim, hold, resume, takers, transfer
from .notices import tell_assigned
from .remarks import without_numbers

if TYPE_CHECKING:
    from datetime import date

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
    """Do what a valid form says, of a bundle with all that waits for this person; return what to tell.

    Raises NotDecidableError, ValidationError.
    """
    action, text = cleaned["action"], cleaned["text"]
    if action in {CLAIM, TAKE_OVER}:
        takes = partial(_claimed, user, take_over=action == TAKE_OVER)
        return _("%(what)s由您办理，同事能看到。") % {"what": with_the_bundle(state, user, takes, _any)}
    if action == HOLD:
        holds = partial(_held, user, until=cleaned["until"], text=text)
        return _("%(what)s已暂缓，到期自动恢复。") % {"what": with_the_bundle(state, user, holds, _runs)}
    if action == RESUME:
        resumes = partial(_resumed, user)
        return _("%(what)s已恢复办理，期限重新计算。") % {"what": with_the_bundle(state, user, resumes, _is_held)}
    return _pass_on(state, user, cleaned)


def _pass_on(state: TieredTaskState, user: Any, cleaned: dict[str, Any]) -> str:
    kind, _separator, number = cleaned["to"].partition(":")
    to: Any
    if kind == PERSON:
        to = get_user_model()._default_manager.get(pk=number)
        passes = partial(_assigned, user, colleague=to, text=cleaned["text"])
    else:
        to = Page.objects.get(pk=number)
        passes = partial(_transferred, user, to=to, text=cleaned["text"])
    what = with_the_bundle(state, user, passes, _any)
    if kind == PERSON and bundle_of(state) is not None:
        tell_assigned(state, to, user, cleaned["text"])
    return _("%(what)s已转“%(to)s”审核。") % {"what": what, "to": to}


def _claimed(user: Any, pk: int, take_over: bool) -> None:
    claim(state_id=pk, user=user, take_over=take_over)


def _held(user: Any, pk: int, until: date, text: str) -> None:
    hold(state_id=pk, user=user, until=until, text=text)


def _resumed(user: Any, pk: int) -> None:
    resume(state_id=pk, user=user)


def _assigned(user: Any, pk: int, colleague: Any, text: str) -> None:
    assign(state_id=pk, user=user, colleague=colleague, text=text)


def _transferred(user: Any, pk: int, to: Page, text: str) -> None:
    transfer(state_id=pk, user=user, to=to, text=text)


def _any(state: TieredTaskState) -> bool:
    return True


def _runs(state: TieredTaskState) -> bool:
    return state.held_until is None


def _is_held(state: TieredTaskState) -> bool:
    return state.held_until is not None
