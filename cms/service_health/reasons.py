"""Why something does not work, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS = {
    "timeout": gettext_lazy("超时没有答复"),
    "certificate": gettext_lazy("安全证书有问题"),
    "name": gettext_lazy("域名解析不了"),
    "connection": gettext_lazy("连接不上"),
    "redirects": gettext_lazy("转来转去打不开"),
    "private": gettext_lazy("指向内部网络，公众打不开"),
}
STATUS = "status "


def reason_words(reason: str) -> str:
    """Say a reason; one that has no words is said as it is."""
    if reason.startswith(STATUS):
        return _("答复错误 %(status)s") % {"status": reason.removeprefix(STATUS)}
    return str(WORDS.get(reason, reason))
