"""The annual report."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock, ListBlock

from .base import ContentBlock, RecordBlock
from .choosers import DocumentLinkBlock
from .kinds import ContentKind
from .scalars import ExactBlock
from .text import ProseBlock


class FigureBlock(RecordBlock):
    """One figure of the year; it may be negative."""

    name = CharBlock(label=_("指标"), max_length=100)
    value = ExactBlock(label=_("数值"))
    unit = CharBlock(label=_("单位"), max_length=30, required=False)
    note = CharBlock(label=_("备注"), max_length=200, required=False)

    class Meta:
        label = _("数据")
        icon = "decimal"
        label_format = "{name} {value}"


class AnnualReportBlock(ContentBlock):
    """A year in words and figures."""

    title = CharBlock(label=_("标题"), max_length=200)
    year = IntegerBlock(label=_("年度"), min_value=1949, max_value=2100)
    summary = ProseBlock(label=_("正文"))
    figures = ListBlock(FigureBlock(), label=_("主要数据"), default=[])
    document = DocumentLinkBlock(label=_("报告全文"), required=False)

    content_kinds = (ContentKind.ANNUAL_REPORT, ContentKind.REPORT)

    class Meta:
        label = _("年度报告")
        group = _("文件")
        icon = "calendar"
        label_format = "{year} {title}"
