"""How the feed describes itself."""

from __future__ import annotations

from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from cms.api.openapi import ALWAYS, problems_at
from cms.api.serializers import Shape

STATES = (("public", _("公开中")), ("withdrawn", _("已撤下")), ("deleted", _("已删除")))
ABOUT_SINCE = _("上一次的 meta.next_since，原样；0 或不写为从头。")
ABOUT_LIMIT = _("最多返回多少条。")


class ChangeShape(Shape):
    """An object, at its latest change."""

    sequence = serializers.IntegerField(help_text=_("变更序号，只增不减。"))
    at = serializers.DateTimeField(help_text=_("变更的时间。"))
    endpoint = serializers.CharField(help_text=_("哪个端点的对象。"))
    id = serializers.IntegerField()
    locale = serializers.CharField(allow_null=True, help_text=_("语言；不分语言的为 null。"))
    state = serializers.ChoiceField(STATES, help_text=_("public 取 detail_url；其余从副本中删去。"))
    detail_url = serializers.URLField()


class ChangesMetaShape(Shape):
    """Where the feed stands."""

    since = serializers.IntegerField()
    next_since = serializers.IntegerField(help_text=_("下一次的 since。"))
    has_more = serializers.BooleanField(help_text=_("为 true 时紧接着还有。"))
    latest = serializers.IntegerField(help_text=_("目前最大的变更序号。"))


class ChangesShape(Shape):
    """A part of the feed."""

    meta = ChangesMetaShape()
    items = ChangeShape(many=True)


class ChangesSchema(AutoSchema):
    """Describes the one operation."""

    view: Any

    def get_operation_id(self) -> str:
        return "changes_list"

    def get_tags(self) -> list[str]:
        return ["changes"]

    def get_summary(self) -> str:
        return force_str(_("变更流"))

    def get_description(self) -> str:  # type: ignore[override]
        return force_str(
            _(
                "公开、更改、撤下、移动、删除，按变更序号排列；每个对象只列一次，在它最近一次变更的位置上。"
                "从 since=0 一直取到 has_more 为 false，就得到全部公开内容的名单；此后隔一会儿接着取。"
            )
        )

    def _get_parameters(self) -> list[dict[str, Any]]:
        return [parameter.as_openapi() for parameter in self.view.parameters()]

    def get_response_serializers(self) -> Any:
        return {200: ChangesShape, **problems_at(*ALWAYS, 410)}

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False
