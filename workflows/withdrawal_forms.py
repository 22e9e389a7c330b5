"""Forms of withdrawing and reviewing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from accounts.withdrawable import REASON_LENGTH, WITH_TARGET, WithdrawalKind
from rules.personal_data import Action, find_personal_data

from .withdrawing import Plan

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpRequest

COMMENT_LIMIT = 2_000
EXPLAINED = {
    WithdrawalKind.NOTICE: _("原文仍可查阅，页面上方注明已撤下和原因；附件和图片停止提供。"),
    WithdrawalKind.REDIRECTED: _("打开原地址或索引号的人转到您指定的公开页面。"),
    WithdrawalKind.SUPERSEDED: _("标为“已被替代”，打开原地址或索引号的人转到替代它的公开信息。"),
    WithdrawalKind.GONE: _("原文不再提供，原地址和索引号只说明已撤下和原因。"),
}


def without_personal_data(text: str) -> str:
    """Refuse a public reason that names what must not be named."""
    if any(found.action == Action.BLOCK for found in find_personal_data(text)):
        raise ValidationError(_("原因会向公众显示，其中疑似有身份证号、银行卡号等个人信息，请删去。"))
    return text


class ReasonForm(forms.Form):
    """One sentence, without which nothing is done."""

    reason = forms.CharField(
        label=_("原因"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"class": "input", "rows": 2}),
        error_messages={"required": _("请写明原因。")},
    )


class CommentForm(forms.Form):
    """What the reviewer says; needed where something is undone."""

    comment = forms.CharField(
        label=_("复核意见"),
        max_length=COMMENT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"class": "input", "rows": 2}),
    )

    def __init__(self, *args: Any, must_say: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.must_say = must_say

    def clean_comment(self) -> str:
        """Ask for the words where they are owed."""
        comment: str = self.cleaned_data["comment"]
        if self.must_say and not comment.strip():
            raise ValidationError(self.must_say)
        return comment


class WithdrawForm(forms.Form):
    """How, why, and where readers are led. `alone` are the kinds this person may choose without asking."""

    kind = forms.ChoiceField(
        label=_("撤下方式"), widget=forms.RadioSelect, error_messages={"required": _("请选择撤下方式。")}
    )
    reason = forms.CharField(
        label=_("向公众说明的原因"),
        max_length=REASON_LENGTH,
        help_text=_("一句话，公众能看到。例如：价格标准填写有误。"),
        widget=forms.Textarea(attrs={"class": "input", "rows": 2}),
        error_messages={"required": _("请写明向公众说明的原因。")},
    )
    target = forms.CharField(
        label=_("转到的页面"),
        required=False,
        max_length=500,
        help_text=_("选“转到其他页面”或“已由新的公开信息替代”时填写：粘贴该页面的网址，或写它的索引号。"),
        widget=forms.TextInput(attrs={"class": "input"}),
    )

    def __init__(self, *args: Any, subject: Any, alone: Collection[str], request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.alone, self.request = subject, alone, request
        kinds = list(subject.withdrawal_kinds)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = [(kind, WithdrawalKind(kind).label) for kind in kinds]
        if not WITH_TARGET & set(kinds):
            del self.fields["target"]

    @property
    def options(self) -> list[dict[str, Any]]:
        """Return the kinds with what each does, and which must be asked for."""
        return [
            {
                "value": kind,
                "label": WithdrawalKind(kind).label,
                "text": EXPLAINED[WithdrawalKind(kind)],
                "asks": kind not in self.alone,
                "chosen": self["kind"].value() == kind,
            }
            for kind in self.subject.withdrawal_kinds
        ]

    def clean_reason(self) -> str:
        """Keep personal data out."""
        return without_personal_data(self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        """Find where readers are led."""
        cleaned: dict[str, Any] = super().clean() or {}
        kind = cleaned.get("kind", "")
        if kind in WITH_TARGET and "target" not in self.errors:
            target = find_page(cleaned.get("target", ""), self.request)
            if target is None:
                raise ValidationError({"target": _("没有找到公开中的这个页面，请粘贴完整的网址，或核对索引号。")})
            if refusal := self.subject.refuse_target(kind, target):
                raise ValidationError({"target": refusal})
            cleaned["page"] = target
        return cleaned

    @property
    def plan(self) -> Plan:
        """Return what was decided."""
        return Plan(self.cleaned_data["kind"], self.cleaned_data["reason"], self.cleaned_data.get("page"))


def find_page(words: str, request: HttpRequest) -> Any:
    """Return the public page of an address or an index number; None where there is none."""
    words = words.strip()
    if not words or "\x00" in words:
        return None
    number = words.rpartition("/i/")[2]
    page = Page.objects.filter(record__index_number=number, live=True).first()
    if page is None:
        path = urlsplit(words).path if "//" in words else words
        page = Page.find_for_request(request, path) if path.startswith("/") else None
    return page.specific if page is not None and page.live else None
