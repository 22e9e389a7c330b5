"""Narrowing the inbox; choosing how mail comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ledger.kinds import area, area_label
from ledger.models import MailPreference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.models.letter import LetterQuerySet

ALL, UNREAD, TO_ACT = "", "unread", "to_act"


class InboxFilterForm(forms.Form):
    """What to show; of the areas only those that occur. What does not fit is left out."""

    show = forms.ChoiceField(
        label=_("显示"), required=False, choices=[(ALL, _("全部")), (UNREAD, _("未读")), (TO_ACT, _("需要我处理"))]
    )
    area = forms.ChoiceField(label=_("类别"), required=False)

    def __init__(self, *args: Any, kinds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = {area(kind): area_label(kind) for kind in kinds}
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = [("", _("全部")), *sorted(areas.items(), key=lambda each: each[1])]
        for each in self.fields.values():
            each.widget.attrs["class"] = "input"

    def narrow(self, letters: LetterQuerySet) -> LetterQuerySet:
        """Return the letters that fit what was chosen."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("show") == UNREAD:
            letters = letters.unread()
        elif chosen.get("show") == TO_ACT:
            letters = letters.to_act()
        return letters.filter(kind__startswith=f"{chosen['area']}.") if chosen.get("area") else letters

    @property
    def in_use(self) -> bool:
        """Is the inbox narrowed at all?"""
        return any(self.cleaned_data.values())


class MailPreferenceForm(forms.ModelForm):
    """One question: when does mail come?"""

    class Meta:
        model = MailPreference
        fields = ["delivery"]
        widgets = {"delivery": forms.RadioSelect}
        help_texts = {"delivery": _("站内通知总是有的；催办和撤下公开信息的通知总是立即发邮件。")}
