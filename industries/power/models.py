"""A power supplier: what its readers ask for and no catalogue entry owns."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models import UnitPage
from pages.profiles import count_field, phone_field, profile_panel
from snippets.wording import same_in_every_language


class Voltage(models.TextChoices):
    """最高供电电压等级: the highest at which the public and firms are supplied."""

    LOW = "0.4kV", _("220/380 伏")
    KV10 = "10kV", _("10 千伏")
    KV35 = "35kV", _("35 千伏")
    KV66 = "66kV", _("66 千伏")
    KV110 = "110kV", _("110 千伏")
    KV220 = "220kV", _("220 千伏及以上")


class PowerPage(UnitPage):
    """供电企业, and operators of charging stations. Tariffs and reliability are disclosures, outages notices."""

    profile_fields: ClassVar[tuple[str, ...]] = (
        "service_area",
        "hotline",
        "voltage",
        "households",
        "charging_points",
    )

    service_area = models.CharField(_("供电营业区"), max_length=255, blank=True)
    hotline = phone_field(_("24 小时服务热线"), help_text=_("国家电网供电服务热线为 95598。"))
    voltage = models.CharField(_("最高供电电压"), max_length=8, choices=Voltage.choices, blank=True)
    households = count_field(_("用户数（户）"), most=20_000_000)
    charging_points = count_field(_("公共充电桩（个）"), most=1_000_000)

    content_panels = [*UnitPage.content_panels, profile_panel(_("供电情况"), profile_fields)]
    override_translatable_fields = [
        *UnitPage.override_translatable_fields,
        *same_in_every_language("hotline"),
    ]

    class Meta:
        verbose_name = _("供电企业")
        verbose_name_plural = _("供电企业")
