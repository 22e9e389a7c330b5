"""An announcement inside a disclosure: when, where, why, whom to ask."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DateTimeBlock, TextBlock

from .base import ContentBlock
from .kinds import ContentKind
from .scalars import PhoneBlock
from .text import ProseBlock


class AnnouncementBlock(ContentBlock):
    """Something is going to happen to people in an area for a time."""

    title = CharBlock(label=_("标题"), max_length=200)
    starts = DateTimeBlock(label=_("开始时间"))
    ends = DateTimeBlock(label=_("结束时间"), required=False, help_text=_("暂不能确定的，先留空，确定后及时更新。"))
    area = TextBlock(label=_("影响范围"), rows=2, help_text=_("写到街道、小区或线路，让人一看就知道是否有关。"))
    reason = CharBlock(label=_("原因"), max_length=300)
    body = ProseBlock(label=_("提示与说明"), required=False)
    contact = PhoneBlock(label=_("咨询电话"), max_length=100)

    content_kinds = (ContentKind.ANNOUNCEMENT,)

    class Meta:
        label = _("公告")
        group = _("文字")
        icon = "warning"
        label_format = "{title}"

    def contradictions(self, value: Any) -> dict[str, str]:
        """Refuse an end before the start."""
        if value["starts"] and value["ends"] and value["ends"] < value["starts"]:
            return {"ends": _t("“结束时间”早于“开始时间”。")}
        return {}
