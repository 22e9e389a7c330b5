"""A water supplier: what its readers ask for and no catalogue entry owns."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models import UnitPage
from pages.profiles import profile_panel


class WaterPage(UnitPage):
    """供水企业. Prices, quality reports and outages are disclosures and notices, not fields."""

    profile_fields: ClassVar[tuple[str, ...]] = ("service_area", "hotline", "households", "daily_capacity")

    service_area = models.CharField(_("供水范围"), max_length=255, blank=True)
    hotline = models.CharField(_("24 小时热线"), max_length=32, blank=True)
    households = models.PositiveIntegerField(_("用户数（户）"), null=True, blank=True)
    daily_capacity = models.DecimalField(
        _("日供水能力（万立方米）"), max_digits=8, decimal_places=2, null=True, blank=True
    )

    content_panels = [*UnitPage.content_panels, profile_panel(_("供水情况"), profile_fields)]

    class Meta:
        verbose_name = _("供水企业")
        verbose_name_plural = _("供水企业")
