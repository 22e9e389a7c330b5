"""The forms of a token."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from ipaddress import ip_network
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Scope
from cms.administered import find_administered

from .reach import editors_of

USUAL = timedelta(days=180)
MOST_NETWORKS = 20


class NetworksField(forms.CharField):
    """Addresses and networks, one a line."""

    def to_python(self, value: Any) -> Any:
        """Return the networks in their short writing."""
        found = []
        for line in str(super().to_python(value)).replace(",", "\n").replace("，", "\n").splitlines():
            if text := line.strip():
                try:
                    found.append(str(ip_network(text, strict=False)))
                except ValueError:
                    raise ValidationError(
                        _("“%(text)s”不是地址或网段，例如 203.0.113.7 或 203.0.113.0/24。") % {"text": text[:50]}
                    ) from None
        if len(found) > MOST_NETWORKS:
            raise ValidationError(_("最多 %(most)d 个网段。") % {"most": MOST_NETWORKS})
        return list(dict.fromkeys(found))


class RenewForm(forms.Form):
    """Until when."""

    expires_at = forms.DateField(
        label=gettext_lazy("有效期至（含当日）"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("最长一年；到期前 30 天、7 天、1 天提醒管理员。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("expires_at", (timezone.localdate() + USUAL).isoformat())
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxSelectMultiple):
                field.widget.attrs["class"] = "input"

    def clean_expires_at(self) -> datetime:
        """Let it hold until the end of the day."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["expires_at"], time(23, 59, 59)))


class TokenForm(RenewForm):
    """A new token."""

    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=100, help_text=gettext_lazy("哪个系统使用，例如：收费系统。")
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("用途"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("只选需要的。任何令牌都不能直接公开：提交之后照常逐级审核。"),
    )
    acts_for: Any = forms.ModelChoiceField(
        label=gettext_lazy("责任编辑员"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("（只读取，不需要）"),
        help_text=gettext_lazy("起草、提交、预览以此人的名义进行；此人不能审核，免职、暂停后令牌随即不能写入。"),
    )
    networks = NetworksField(
        label=gettext_lazy("允许的地址"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("每行一个地址或网段；留空表示不限。能填就填。"),
    )
    field_order = ("name", "scopes", "acts_for", "networks", "expires_at")

    def __init__(self, *args: Any, organisation: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["acts_for"]
        who.queryset = editors_of(organisation, timezone.localdate())


class PlaceForm(forms.Form):
    """Whose tokens."""

    organisation: Any = forms.CharField(
        label=gettext_lazy("单位"), max_length=255, help_text=gettext_lazy("填全称、简称或名录代码。")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["organisation"].widget.attrs["class"] = "input"

    def clean_organisation(self) -> Any:
        """Find it."""
        return find_administered(self.user, self.cleaned_data["organisation"])
