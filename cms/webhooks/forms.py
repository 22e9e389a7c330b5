"""The forms of the webhooks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.administered import find_administered
from cms.public_events.kinds import OUTWARD
from ledger.guarded_http import ForbiddenAddressError, checked, is_allowed, is_literally_private
from ledger.models import DeliveryState

from .composing import PING


class WebhookForm(forms.Form):
    """Where to, and what of."""

    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=80, help_text=gettext_lazy("例如接收系统的名称，只在后台显示。")
    )
    address = forms.CharField(
        label=gettext_lazy("接收地址"),
        max_length=500,
        widget=forms.URLInput,
        help_text=gettext_lazy("https 地址。内部网络的地址须由系统运维在设置中放行。"),
    )
    organisation: Any = forms.CharField(
        label=gettext_lazy("单位"),
        max_length=255,
        help_text=gettext_lazy("推送这个单位及其下级的变化；填全称、简称或名录代码。填门户的名称即为全市。"),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("事件种类"),
        required=False,
        choices=[(kind, f"{kind}　{words}") for kind, words in OUTWARD.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一个都不选，就推送全部种类，包括以后新增的。"),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        # Named late, so that each reads them in his language.
        kinds: Any = self.fields["kinds"]
        kinds.choices = [(kind, f"{kind}　{words}") for kind, words in OUTWARD.items()]
        for name in ("name", "address", "organisation"):
            self.fields[name].widget.attrs["class"] = "input"

    def clean_address(self) -> str:
        """Refuse what would never be told."""
        address: str = self.cleaned_data["address"].strip()
        try:
            parts = checked(address)
        except ForbiddenAddressError:
            raise ValidationError(_("接收地址应为完整的 https 地址，不带用户名，端口为 443 或已放行。")) from None
        if is_literally_private(parts) and not is_allowed(parts):
            raise ValidationError(_("接收地址是内部网络的地址，未经放行。"))
        if parts.scheme != "https" and not is_allowed(parts):
            raise ValidationError(_("接收地址应以 https:// 开头。"))
        return address

    def clean_organisation(self) -> Any:
        """Find it."""
        return find_administered(self.user, self.cleaned_data["organisation"])


class DeliveryFilterForm(forms.Form):
    """Narrows the log."""

    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False, choices=[("", gettext_lazy("全部")), *DeliveryState.choices]
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("种类"),
        required=False,
        choices=[("", gettext_lazy("全部")), *((kind, kind) for kind in (*OUTWARD, PING))],
    )
    object = forms.CharField(
        label=gettext_lazy("对象"),
        required=False,
        max_length=64,
        help_text=gettext_lazy("例如 disclosures:55"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in self.fields.values():
            each.widget.attrs["class"] = "input"

    def narrow(self, deliveries: Any) -> Any:
        """Return the deliveries that fit; what does not fit is left out."""
        self.is_valid()
        columns = {"state": "state", "kind": "kind", "object": "object_key"}
        return deliveries.filter(**{columns[name]: value for name, value in self.cleaned_data.items() if value})


class ReplayForm(forms.Form):
    """From when on everything is told again."""

    since = forms.DateTimeField(
        label=gettext_lazy("重发这个时间以后的变化（北京时间）"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "input"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
    )
