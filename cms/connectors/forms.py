"""The form of a connection."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.administered import find_administered
from ledger.guarded_http import ForbiddenAddressError, checked, is_allowed, is_literally_private

from .asking import LONGEST
from .operations import OPERATIONS
from .sealing import is_secret

HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?")


class ConnectionForm(forms.Form):
    """Where a provider's computer stands, and what it offers."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=80, help_text=gettext_lazy("只在后台显示。"))
    organisation: Any = forms.CharField(
        label=gettext_lazy("单位"),
        max_length=255,
        help_text=gettext_lazy(
            "这个单位及其下级的服务项目用它办理；下级另有自己的接口时用自己的。填全称、简称或名录代码。"
        ),
    )
    base_url = forms.CharField(
        label=gettext_lazy("接口地址"),
        max_length=400,
        widget=forms.URLInput,
        help_text=gettext_lazy("https 地址，由提供单位给出。内部网络的地址须由系统运维在设置中放行。"),
    )
    operations = forms.MultipleChoiceField(
        label=gettext_lazy("对方提供的接口"),
        choices=list(OPERATIONS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请至少勾选一种。")},
    )
    key_id = forms.RegexField(
        label=gettext_lazy("密钥编号"),
        regex=r"^[A-Za-z0-9._\-]{1,64}$",
        help_text=gettext_lazy("由提供单位给出，用来认出本站。"),
        error_messages={"invalid": gettext_lazy("密钥编号只能用字母、数字、点、连字符和下划线，至多 64 个。")},
    )
    secret = forms.CharField(
        label=gettext_lazy("密钥"),
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy(
            "以 whsec_ 开头。新登记时留空，由本站生成并显示一次；更改时留空，沿用原来的。加密保存，不再显示。"
        ),
    )
    hosts = forms.CharField(
        label=gettext_lazy("办理页面的主机名"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("公众会被转到哪些主机办理，每行一个；与接口地址相同的不必写。其他主机一律不转。"),
    )
    seconds = forms.IntegerField(label=gettext_lazy("最多等待几秒"), min_value=1, max_value=LONGEST, initial=LONGEST)
    is_sandbox = forms.BooleanField(label=gettext_lazy("沙箱：只供试用，页面上标明，不是真的办理"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for name, field in self.fields.items():
            if name not in {"operations", "is_sandbox"}:
                field.widget.attrs["class"] = "input"

    def clean_base_url(self) -> str:
        """Refuse what is never asked."""
        address: str = self.cleaned_data["base_url"].strip()
        try:
            parts = checked(address)
        except ForbiddenAddressError:
            raise ValidationError(_("接口地址应为完整的 https 地址，不带用户名，端口为 443 或已放行。")) from None
        if is_literally_private(parts) and not is_allowed(parts):
            raise ValidationError(_("接口地址是内部网络的地址，未经放行。"))
        if parts.scheme != "https" and not is_allowed(parts):
            raise ValidationError(_("接口地址应以 https:// 开头。"))
        if parts.query or parts.fragment:
            raise ValidationError(_("接口地址里不能有“?”和“#”。"))
        return address

    def clean_organisation(self) -> Any:
        """Find it."""
        return find_administered(self.user, self.cleaned_data["organisation"])

    def clean_secret(self) -> str:
        """Refuse what is no secret."""
        secret: str = self.cleaned_data["secret"].strip()
        if secret and not is_secret(secret):
            raise ValidationError(_("密钥应为 whsec_ 加至少 24 个字节的 Base64。"))
        return secret

    def clean_hosts(self) -> str:
        """Read one host a line."""
        hosts = [line.strip().lower() for line in self.cleaned_data["hosts"].splitlines() if line.strip()]
        for number, host in enumerate(hosts, 1):
            if not HOST.fullmatch(host):
                words = _("第 %(number)d 行“%(host)s”不是主机名，例如 pay.example.org。")
                raise ValidationError(words % {"number": number, "host": host[:80]})
        return "\n".join(hosts)
