"""A water supplier: what its readers ask for and no catalogue entry owns."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models import UnitPage
from pages.profiles import amount_field, count_field, phone_field, profile_panel
from snippets.wording import same_in_every_language


class WaterPage(UnitPage):
    """供水企业. Prices, quality reports and outages are disclosures and notices, not fields."""

    profile_fields: ClassVar[tuple[str, ...]] = ("service_area", "hotline", "households", "daily_capacity")

    service_area = models.CharField(_("供水范围"), max_length=255, blank=True)
    hotline = phone_field(_("24 小时热线"))
    households = count_field(_("用户数（户）"), most=10_000_000)
    daily_capacity = amount_field(_("日供水能力（万立方米）"), most=100_000)

    content_panels = [*UnitPage.content_panels, profile_panel(_("供水情况"), profile_fields)]
    override_translatable_fields = [
        *UnitPage.override_translatable_fields,
        *same_in_every_language("hotline"),
    ]

    class Meta:
        verbose_name = _("供水企业")
        verbose_name_plural = _("供水企业")
