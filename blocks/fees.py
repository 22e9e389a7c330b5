"""Charges: exact amounts with their basis."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DateBlock, ListBlock, TextBlock

from .base import ContentBlock, RecordBlock
from .choosers import DocumentLinkBlock
from .kinds import ContentKind
from .scalars import AmountBlock, PhoneBlock, VerbatimBlock


class FeeBlock(RecordBlock):
    """One charge."""

    item = CharBlock(label=_("项目"), max_length=200)
    amount = AmountBlock(label=_("标准（元）"), required=False)
    amount_note = CharBlock(
        label=_("标准说明"), max_length=100, required=False, help_text=_("没有固定金额时填写，例如：按实际成本。")
    )
    unit = CharBlock(label=_("计费单位"), max_length=50, required=False, help_text=_("例如：立方米、户·月、次。"))
    scope = CharBlock(label=_("适用范围"), max_length=300, required=False)
    previous = AmountBlock(label=_("原标准（元）"), required=False)

    class Meta:
        label = _("收费项目")
        icon = "tag"
        label_format = "{item} {amount}"

    def contradictions(self, value: Any) -> dict[str, str]:
        """Ask for an amount or for words in its place."""
        if value["amount"] is None and not value["amount_note"]:
            return {"amount": _t("请填写“标准（元）”；没有固定金额的，请填写“标准说明”。")}
        return {}


class FeeGroupBlock(RecordBlock):
    """Charges on the same basis."""

    name = CharBlock(
        label=_("类别"), max_length=100, required=False, help_text=_("例如：居民生活用水。只有一类可以不填。")
    )
    basis = CharBlock(label=_("收费依据"), max_length=200, help_text=_("批准收费的文件名称。"))
    number = VerbatimBlock(label=_("依据文号"), max_length=100, required=False)
    document = DocumentLinkBlock(label=_("依据文件"), required=False)
    fees = ListBlock(FeeBlock(), label=_("收费项目"), min_num=1)

    class Meta:
        label = _("收费类别")
        icon = "list-ul"
        label_format = "{name} {basis}"

    def get_plain_text(self, value: Any) -> str:
        """Write one line per charge."""
        return "\n".join(filter(None, self.texts(value)))


class FeeTableBlock(ContentBlock):
    """What is charged, on which basis, since when, and whom to call when more is asked."""

    title = CharBlock(label=_("标题"), max_length=200, default="收费标准")
    since = DateBlock(label=_("执行日期"), help_text=_("从哪一天起按此标准收费。"))
    groups = ListBlock(FeeGroupBlock(), label=_("收费类别"), min_num=1)
    note = TextBlock(label=_("说明"), required=False, rows=2, help_text=_("减免、优惠、计算方法等。"))
    supervision_phone = PhoneBlock(
        label=_("监督电话"), max_length=100, help_text=_("多收、乱收费可以打的电话，例如 12345。")
    )

    content_kinds = (ContentKind.FEE_TABLE,)

    class Meta:
        label = _("收费标准")
        group = _("表格")
        icon = "decimal"
        label_format = "{title}"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Say which columns have anything in them: an empty column is not shown."""
        context = super().get_context(value, parent_context=parent_context)
        fees = [fee for group in value["groups"] for fee in group["fees"]]
        filled = [name for name in ("previous", "unit", "scope") if any(fee[name] not in (None, "") for fee in fees)]
        return {**context, "filled": filled, "columns": len(filled) + 2}
