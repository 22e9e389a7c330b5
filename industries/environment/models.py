"""Who treats sewage and waste, or watches the environment: what no catalogue entry owns."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models import UnitPage
from pages.profiles import amount_field, phone_field, profile_panel
from snippets.wording import same_in_every_language


class Treatment(models.TextChoices):
    """处理对象."""

    SEWAGE = "sewage", _("污水处理")
    WASTE = "waste", _("生活垃圾处理")
    HAZARDOUS = "hazardous", _("危险废物处置")
    MONITORING = "monitoring", _("环境监测")


# 排污许可管理办法: unified social credit code (18) + serial (3) + check character (1).
PERMIT = RegexValidator(
    r"^[0-9A-HJ-NPQRTUWXY]{18}[0-9]{3}[A-Z]$",
    _("排污许可证编号为 22 位：统一社会信用代码 18 位、顺序码 3 位数字、末位大写字母。"),
)


class TreatmentPage(UnitPage):
    """环境服务单位. Emissions and environmental reports are disclosures, not fields."""

    profile_fields: ClassVar[tuple[str, ...]] = (
        "treatment",
        "service_area",
        "daily_capacity",
        "permit_number",
        "hotline",
    )

    treatment = models.CharField(_("处理对象"), max_length=16, choices=Treatment.choices, blank=True)
    service_area = models.CharField(_("服务范围"), max_length=255, blank=True)
    daily_capacity = amount_field(
        _("设计处理能力（吨/日）"), most=10_000_000, help_text=_("污水 1 立方米按 1 吨填写。")
    )
    permit_number = models.CharField(_("排污许可证编号"), max_length=22, blank=True, validators=[PERMIT])
    hotline = phone_field(_("环境投诉电话"))

    content_panels = [*UnitPage.content_panels, profile_panel(_("处理情况"), profile_fields)]
    override_translatable_fields = [
        *UnitPage.override_translatable_fields,
        *same_in_every_language("hotline", "permit_number"),
    ]

    class Meta:
        verbose_name = _("环境服务单位")
        verbose_name_plural = _("环境服务单位")
