"""A quality report: what was measured, against which limit, with what verdict."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, TextBlock

from .base import ContentBlock, RecordBlock
from .choosers import DocumentLinkBlock
from .kinds import ContentKind


class IndicatorBlock(RecordBlock):
    """One indicator. The value is text: 未检出 and <0.05 are results, too."""

    indicator = CharBlock(label=_("指标"), max_length=100)
    value = CharBlock(label=_("检测值"), max_length=50, help_text=_("照检测报告写，例如：0.35、<0.05、未检出。"))
    unit = CharBlock(label=_("单位"), max_length=30, required=False)
    limit = CharBlock(label=_("标准限值"), max_length=50, required=False)
    verdict = ChoiceBlock(label=_("判定"), choices=[("pass", _("合格")), ("fail", _("不合格"))])

    class Meta:
        label = _("指标")
        icon = "tick"
        label_format = "{indicator} {value}"


class QualityReportBlock(ContentBlock):
    """Water, air, heat, service: measured for a period."""

    title = CharBlock(label=_("标题"), max_length=200)
    period = CharBlock(label=_("报告期"), max_length=50, help_text=_("例如：2026年10月。"))
    standard = CharBlock(label=_("执行标准"), max_length=200, required=False)
    laboratory = CharBlock(label=_("检测单位"), max_length=100, required=False)
    indicators = ListBlock(IndicatorBlock(), label=_("指标"), min_num=1)
    conclusion = TextBlock(label=_("结论"), rows=2, help_text=_("有不合格的，写明原因和处理。"))
    document = DocumentLinkBlock(label=_("检测报告"), required=False)

    content_kinds = (ContentKind.QUALITY_REPORT,)

    class Meta:
        label = _("质量报告")
        group = _("表格")
        icon = "tick"
        label_format = "{title} {period}"
