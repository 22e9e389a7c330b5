"""Forms of the approval screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .decisions import APPROVE, REJECT
from .queue import Choices, narrowed

if TYPE_CHECKING:
    from django.db.models import QuerySet

COMMENT_LIMIT = 2_000


def _choice(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, required=False, empty_value=None)


class QueueFilterForm(forms.Form):
    """Narrows the queue; offers only what occurs in it. What does not fit is reported and left out."""

    organisation = _choice(_("单位"))
    kind = _choice(_("类别"))
    entry = _choice(_("目录事项"))
    words = forms.CharField(label=_("标题中的字词"), required=False, max_length=100)

    def __init__(self, *args: Any, found: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {
            "organisation": {page.pk: page for page in found.organisations},
            "kind": {kind.pk: kind for kind in found.kinds},
            "entry": {entry.pk: entry for entry in found.entries},
        }
        for name, options in self.found.items():
            labels = [(pk, _label(option)) for pk, option in options.items()]
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 (for the type checker)
            field.choices = [("", _("全部")), *labels]
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def narrow(self, states: QuerySet[Any]) -> QuerySet[Any]:
        """Return the states that fit what was chosen."""
        self.is_valid()
        cleaned = self.cleaned_data
        chosen = {name: options.get(cleaned.get(name)) for name, options in self.found.items()}
        return narrowed(states, words=cleaned.get("words", ""), **chosen)

    @property
    def in_use(self) -> bool:
        """Is the queue narrowed at all?"""
        return any(self.cleaned_data.values())


def _label(option: Any) -> str:
    model_class = getattr(option, "model_class", None)
    return str(model_class()._meta.verbose_name if model_class else option)


class DecisionForm(forms.Form):
    """Approve, or return with a reason."""

    action = forms.ChoiceField(
        choices=[(APPROVE, _("批准")), (REJECT, _("退回修改"))],
        error_messages={"required": _("请选择批准或退回。"), "invalid_choice": _("只能批准或退回。")},
    )
    comment = forms.CharField(label=_("审核意见"), required=False, max_length=COMMENT_LIMIT, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a return: the submitter works from it."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("action") == REJECT and "comment" not in self.errors and not cleaned.get("comment"):
            raise ValidationError({"comment": _("退回时请写明原因，提交人据此修改。")})
        return cleaned
