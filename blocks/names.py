"""A list of names on public display for a limited time.

Outside its period the rows are not shown anywhere: not in HTML, JSON, plain text or search. Only the fact of the
display remains. `display_limits` tells whoever stores rendered bytes when they become stale.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DateBlock

from .base import ContentBlock, RecordValue, Schema
from .grid import GridBlock
from .kinds import ContentKind
from .links import Context
from .scalars import PhoneBlock


class NameListValue(RecordValue):
    """A list of names that knows its period."""

    def is_displayed(self, on: datetime.date) -> bool:
        """Tell whether the names may be shown on that day, both ends included."""
        start, end = self.get("display_from"), self.get("display_to")
        return bool(start and end and start <= on <= end)

    @property
    def displayed_today(self) -> bool:
        """Tell whether the names may be shown today, Beijing time."""
        return self.is_displayed(timezone.localdate())


class NameListBlock(ContentBlock):
    """Names of people, for the days the rule says and no longer."""

    display_from = DateBlock(label=_("公示开始"))
    display_to = DateBlock(label=_("公示结束"), help_text=_("到期后名单自动撤下，只保留公示事项。"))
    reason = CharBlock(label=_("公示事项"), max_length=300, help_text=_("为什么公示、依据什么。"))
    table = GridBlock(label=_("名单"), help_text=_("只列必要的项目；不得出现身份证号、手机号、家庭住址、银行账号。"))
    phone = PhoneBlock(label=_("异议电话"), max_length=100, help_text=_("公示期内对名单有异议可以打的电话。"))

    content_kinds = (ContentKind.NAME_LIST,)

    class Meta:
        label = _("名单公示")
        group = _("表格")
        icon = "group"
        value_class = NameListValue

    def contradictions(self, value: Any) -> dict[str, str]:
        """Refuse an end before the start."""
        if value["display_to"] < value["display_from"]:
            return {"display_to": _t("“公示结束”早于“公示开始”。")}
        return {}

    def get_api_representation(self, value: Any, context: Context = None) -> dict[str, Any]:
        """Show the names within their period, else none, and say which."""
        shown = super().get_api_representation(value, context)
        shown["displayed"] = value.displayed_today
        if not shown["displayed"]:
            shown["table"]["rows"] = []
        return shown

    def json_schema(self) -> Schema:
        """Describe the list."""
        schema = super().json_schema()
        schema["properties"]["displayed"] = {"type": "boolean"}
        schema["required"].append("displayed")
        return schema

    def get_plain_text(self, value: Any) -> str:
        """Leave the names out when they are not on display."""
        return super().get_plain_text(value) if value.displayed_today else value.get("reason") or ""

    def get_searchable_content(self, value: Any) -> list[str]:
        """Leave the names out of the index when they are not on display."""
        return self.get_plain_text(value).splitlines()


def display_limits(stream: Iterable[Any]) -> Iterator[datetime.date]:
    """Yield the days on which the look of `stream` changes by itself: bytes rendered before are stale from then on."""
    for child in stream:
        if isinstance(child.value, NameListValue):
            if child.value.get("display_from"):
                yield child.value["display_from"]
            if child.value.get("display_to"):
                yield child.value["display_to"] + datetime.timedelta(days=1)
