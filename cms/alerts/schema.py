"""How the list of banners describes itself."""

from __future__ import annotations

from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from cms.api.openapi import ALWAYS, problems_at
from cms.api.serializers import Shape
from pages.models import AlertScope, AlertSeverity


class AlertPublisherShape(Shape):
    """Whose banner it is."""

    code = serializers.CharField(allow_null=True, help_text=_("机构代码。"))
    title = serializers.CharField()
    html_url = serializers.URLField()


class AlertReachShape(Shape):
    """On whose pages it stands here."""

    kind = serializers.ChoiceField(AlertScope.choices, help_text=_("city 为全站。"))
    divisions = serializers.ListField(child=serializers.CharField(), help_text=_("区市县的行政区划代码。"))
    industry = serializers.CharField(allow_null=True, help_text=_("行业代码。"))
    organisation = serializers.CharField(allow_null=True, help_text=_("机构代码：该单位及其下级。"))


class AlertShape(Shape):
    """A banner that is shown now."""

    id = serializers.IntegerField(help_text=_("公告的编号，与 notices 相同。"))
    title = serializers.CharField()
    locale = serializers.CharField(help_text=_("标题的语言；没有译文时为 zh-hans。"))
    severity = serializers.ChoiceField(AlertSeverity.choices, help_text=_("red 最严重，其次 orange、yellow、blue。"))
    severity_label = serializers.CharField()
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(help_text=_("到这一刻就不要再显示。"))
    area = serializers.CharField(allow_blank=True)
    contact = serializers.CharField(allow_blank=True, help_text=_("咨询电话。"))
    publisher = AlertPublisherShape()
    scope = AlertReachShape()
    html_url = serializers.URLField()
    detail_url = serializers.URLField(help_text=_("接口中的公告全文。"))


class AlertsMetaShape(Shape):
    """How many there are, and until when that holds."""

    total_count = serializers.IntegerField()
    changes_at = serializers.DateTimeField(allow_null=True, help_text=_("最早到期的一条的结束时间。"))


class AlertsShape(Shape):
    """The banners that are shown now."""

    meta = AlertsMetaShape()
    items = AlertShape(many=True)


class AlertsSchema(AutoSchema):
    """Describes the one operation."""

    view: Any

    def get_operation_id(self) -> str:
        return "alerts_list"

    def get_tags(self) -> list[str]:
        return ["alerts"]

    def get_summary(self) -> str:
        return force_str(_("应急横幅"))

    def get_description(self) -> str:  # type: ignore[override]
        return force_str(
            _(
                "此刻在本站网页顶部显示的紧急公告，最严重的在前，供其他网站照样显示。"
                "请至少每分钟取一次（带 If-None-Match），过了 ends_at 就不再显示；平时是空的。"
            )
        )

    def _get_parameters(self) -> list[dict[str, Any]]:
        return [parameter.as_openapi() for parameter in self.view.parameters()]

    def get_response_serializers(self) -> Any:
        return {200: AlertsShape, **problems_at(*ALWAYS)}

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False
