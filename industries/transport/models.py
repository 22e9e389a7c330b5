"""Who carries passengers: what they ask for and no catalogue entry owns."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models import UnitPage
from pages.profiles import count_field, phone_field, profile_panel
from snippets.wording import same_in_every_language


class TransitKind(models.TextChoices):
    """运输方式."""

    BUS = "bus", _("公共汽电车")
    METRO = "metro", _("城市轨道交通")
    TAXI = "taxi", _("出租汽车")
    COACH = "coach", _("道路班车客运")
    STATION = "station", _("客运站")
    FERRY = "ferry", _("轮渡与水路客运")
    RAIL = "rail", _("铁路客运")
    AIR = "air", _("民航")


class TransportPage(UnitPage):
    """公共交通企业. Timetables, stops and fares are disclosures, changes of line notices, not fields."""

    profile_fields: ClassVar[tuple[str, ...]] = (
        "transit_kind",
        "routes_operated",
        "route_names",
        "service_hours",
        "hotline",
        "vehicles",
    )

    transit_kind = models.CharField(_("运输方式"), max_length=16, choices=TransitKind.choices, blank=True)
    routes_operated = count_field(_("运营线路（条）"), most=5_000)
    route_names = models.CharField(
        _("线路"), max_length=2_000, blank=True, help_text=_("线路号或名称，用顿号隔开；站点和时刻写在公开信息中。")
    )
    service_hours = models.CharField(
        _("运营时间"), max_length=100, blank=True, help_text=_("全网首末班，例如：5:00–23:00。")
    )
    hotline = phone_field(_("服务热线"))
    vehicles = count_field(_("运营车船（辆、艘）"), most=100_000)

    content_panels = [*UnitPage.content_panels, profile_panel(_("运营情况"), profile_fields)]
    override_translatable_fields = [
        *UnitPage.override_translatable_fields,
        *same_in_every_language("hotline"),
    ]

    class Meta:
        verbose_name = _("公共交通企业")
        verbose_name_plural = _("公共交通企业")
