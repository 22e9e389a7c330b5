"""Forms of the people below."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Duty, User

ACTIVE, STOPPED = "active", "stopped"


class FindForm(forms.Form):
    """Narrow the people below."""

    words = forms.CharField(label=_("姓名、用户名或电话"), required=False, max_length=100)
    duty = forms.ChoiceField(label=_("职责"), required=False, choices=[("", _("全部")), *Duty.choices])
    state = forms.ChoiceField(
        label=_("账号"),
        required=False,
        choices=[("", _("全部")), (ACTIVE, _("使用中")), (STOPPED, _("已停用"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    @property
    def condition(self) -> Q:
        """Return what was asked for, about users; what does not fit is left out."""
        self.is_valid()
        wanted, found = self.cleaned_data, Q()
        if words := wanted.get("words"):
            found &= (
                Q(first_name__icontains=words)
                | Q(last_name__icontains=words)
                | Q(username__icontains=words)
                | Q(phone__contains=words)
            )
        if state := wanted.get("state"):
            found &= Q(is_active=state == ACTIVE)
        return found


class PersonForm(forms.ModelForm):
    """Name, mail, phone."""

    class Meta:
        model = User
        fields = ["first_name", "email", "phone"]
        labels = {"first_name": _("姓名"), "email": _("邮箱")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = True
        self.initial["first_name"] = self.instance.get_full_name()
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def clean_email(self) -> str:
        """Refuse the address of another account: a new password is sent to an address."""
        email: str = self.cleaned_data["email"]
        if email and User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("这个邮箱已用于另一个账号。"))
        return email


class MoveForm(forms.Form):
    """Where to."""

    place = forms.CharField(label=_("调往单位"), max_length=255, help_text=_("全称或名录代码，须在您管理的范围内。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].widget.attrs["class"] = "input"
