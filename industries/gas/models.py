"""A gas supplier: what its readers ask for and no catalogue entry owns."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models import UnitPage
from pages.profiles import count_field, phone_field, profile_panel
from snippets.wording import same_in_every_language


class GasKind(models.TextChoices):
    """燃气种类 (城镇燃气管理条例第二条)."""

    NATURAL = "natural", _("天然气")
    MANUFACTURED = "manufactured", _("人工煤气")
    LIQUEFIED = "liquefied", _("液化石油气")


class GasPage(UnitPage):
    """供气企业. Prices, safety inspections and interruptions are disclosures and notices, not fields."""

    profile_fields: ClassVar[tuple[str, ...]] = ("gas_kind", "service_area", "hotline", "households")

    gas_kind = models.CharField(_("燃气种类"), max_length=16, choices=GasKind.choices, blank=True)
    service_area = models.CharField(_("供气范围"), max_length=255, blank=True)
    hotline = phone_field(_("24 小时抢修热线"), help_text=_("闻到燃气味时打给谁。"))
    households = count_field(_("用户数（户）"), most=10_000_000)

    content_panels = [*UnitPage.content_panels, profile_panel(_("供气情况"), profile_fields)]
    override_translatable_fields = [
        *UnitPage.override_translatable_fields,
        *same_in_every_language("hotline"),
    ]

    class Meta:
        verbose_name = _("供气企业")
        verbose_name_plural = _("供气企业")
