"""A timetable."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DateBlock

from .base import ContentBlock
from .grid import GridBlock
from .kinds import ContentKind


class ScheduleBlock(ContentBlock):
    """When what takes place, and how long that holds."""

    valid_from = DateBlock(label=_("从哪天起"))
    valid_to = DateBlock(label=_("到哪天止"), required=False, help_text=_("长期有效的留空。"))
    table = GridBlock(label=_("时间表"))
    note = CharBlock(label=_("说明"), max_length=300, required=False, help_text=_("节假日安排、临时变动怎样通知等。"))

    content_kinds = (ContentKind.SCHEDULE,)

    class Meta:
        label = _("时间安排")
        group = _("表格")
        icon = "time"

    def contradictions(self, value: Any) -> dict[str, str]:
        """Refuse an end before the start."""
        if value["valid_from"] and value["valid_to"] and value["valid_to"] < value["valid_from"]:
            return {"valid_to": _t("“到哪天止”早于“从哪天起”。")}
        return {}
