"""Phones to ring and counters to visit."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock

from .base import ContentBlock, RecordBlock
from .kinds import ContentKind
from .scalars import PhoneBlock
from .writing import phone_numbers


class PhoneLineBlock(RecordBlock):
    """One phone and what it is for."""

    name = CharBlock(label=_("用途"), max_length=100, help_text=_("例如：24 小时报修。"))
    phone = PhoneBlock(label=_("电话"), max_length=100)
    hours = CharBlock(label=_("接听时间"), max_length=100, required=False)
    note = CharBlock(label=_("备注"), max_length=200, required=False)

    class Meta:
        label = _("电话")
        icon = "mobile-alt"
        label_format = "{name} {phone}"


class PhoneListBlock(ContentBlock):
    """A list of phones."""

    title = CharBlock(label=_("标题"), max_length=100, default="联系电话")
    phones = ListBlock(PhoneLineBlock(), label=_("电话"), min_num=1)

    content_kinds = (ContentKind.PHONE_LIST,)

    class Meta:
        label = _("电话一览")
        group = _("办事")
        icon = "mobile-alt"
        label_format = "{title}"


class OutletBlock(RecordBlock):
    """One counter."""

    name = CharBlock(label=_("名称"), max_length=100)
    address = CharBlock(label=_("地址"), max_length=300)
    hours = CharBlock(label=_("营业时间"), max_length=200)
    phone = PhoneBlock(label=_("电话"), max_length=100, required=False)
    services = CharBlock(label=_("办理业务"), max_length=300, required=False)

    class Meta:
        label = _("网点")
        icon = "site"
        label_format = "{name}"


class OutletListBlock(ContentBlock):
    """A list of counters."""

    title = CharBlock(label=_("标题"), max_length=100, default="服务网点")
    outlets = ListBlock(OutletBlock(), label=_("网点"), min_num=1)

    content_kinds = (ContentKind.OUTLET_LIST, ContentKind.MAP_OR_TEXT)

    class Meta:
        label = _("网点一览")
        group = _("办事")
        icon = "site"
        label_format = "{title}"
        help_text = _("单位的固定网点请在单位资料里维护，各处共用；这里写只属于本条信息的网点。")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the counters as components/outlets.html wants them."""
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "items": [outlet_item(row) for row in value["outlets"]]}


def outlet_item(row: Any) -> dict[str, Any]:
    """Describe a counter, every number of it to press."""
    links = [{"title": written, "url": address} for written, address in phone_numbers(row["phone"])]
    return {"title": row["name"], "note": row["services"], "links": links} | {k: row[k] for k in ("address", "hours")}
