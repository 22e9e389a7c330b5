"""A table."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock

from .base import ContentBlock
from .grid import GridBlock
from .kinds import ContentKind


class TableContentBlock(ContentBlock):
    """Whatever has rows and columns and no block of its own."""

    table = GridBlock(label=_("表格"))
    note = CharBlock(label=_("表注"), max_length=300, required=False, help_text=_("数据来源、口径、单位等。"))

    content_kinds = (ContentKind.TABLE, ContentKind.REPORT)

    class Meta:
        label = _("表格")
        group = _("表格")
        icon = "table"
