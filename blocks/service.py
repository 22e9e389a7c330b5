"""A way into an online service."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, TextBlock, URLBlock

from .base import ContentBlock
from .kinds import ContentKind
from .scalars import PhoneBlock


class ServiceLinkBlock(ContentBlock):
    """What one can do there, the button, and what to do without the internet."""

    title = CharBlock(label=_("服务名称"), max_length=100)
    text = CharBlock(label=_("按钮文字"), max_length=20, help_text=_("用动词，例如：去查询、去缴费。"))
    url = URLBlock(label=_("网址"), help_text=_("服务提供单位的页面；个人信息在那里填写，本站不收集。"))
    purpose = TextBlock(label=_("能办什么"), rows=2, help_text=_("查什么、办什么，要准备什么，例如 10 位户号。"))
    phone = PhoneBlock(label=_("不会上网打这个电话"), max_length=100, required=False)

    content_kinds = (ContentKind.SERVICE_LINK, ContentKind.QUERY)

    class Meta:
        label = _("在线服务入口")
        group = _("办事")
        icon = "link-external"
        label_format = "{title}"
