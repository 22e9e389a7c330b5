"""The block of a library's holdings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DateBlock, IntegerBlock, ListBlock

from blocks.base import ContentBlock, RecordBlock
from blocks.kinds import ContentKind


class HoldingBlock(RecordBlock):
    """The holdings of one kind."""

    kind = CharBlock(label=_("文献类别"), max_length=50)
    volumes = IntegerBlock(label=_("数量（册件）"), min_value=0)

    class Meta:
        label = _("文献类别")
        icon = "list-ul"


class HoldingsBlock(ContentBlock):
    """What a library holds, by kind, on a day."""

    counted_on = DateBlock(label=_("统计日期"))
    holdings = ListBlock(HoldingBlock(), label=_("馆藏"), min_num=1)

    content_kinds = (ContentKind.TABLE,)

    class Meta:
        label = _("馆藏概况")
        group = _("表格")
        icon = "openquote"
