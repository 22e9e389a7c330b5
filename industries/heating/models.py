"""A heating company: what its readers ask for and no catalogue entry owns."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models import UnitPage
from pages.profiles import amount_field, count_field, phone_field, profile_panel
from snippets.wording import same_in_every_language

from .seasons import displayed, stored, validate_day


class DayOfYearField(models.CharField):
    """A month and a day, stored as 11-05; 11月5日 and 11/5 are understood."""

    default_validators = [validate_day]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 5, **kwargs})

    def to_python(self, value: Any) -> str | None:
        """Read a day as people write it."""
        return None if value is None else stored(str(value))


class HeatingPage(UnitPage):
    """供热企业. Prices, repairs and refunds are disclosures, interruptions notices, not fields."""

    profile_fields: ClassVar[tuple[str, ...]] = (
        "service_area",
        "hotline",
        "season_start",
        "season_end",
        "guaranteed_temperature",
        "households",
        "heated_area",
    )

    service_area = models.CharField(_("供热范围"), max_length=255, blank=True)
    hotline = phone_field(_("24 小时热线"))
    season_start = DayOfYearField(_("采暖期开始"), blank=True, help_text=_("月和日，例如 11-05。"))
    season_end = DayOfYearField(_("采暖期结束"), blank=True, help_text=_("月和日，例如 04-05。"))
    guaranteed_temperature = amount_field(
        _("室温标准（℃）"), most=30, least=10, places=1, help_text=_("采暖期内卧室、起居室应达到的最低温度。")
    )
    households = count_field(_("用户数（户）"), most=10_000_000)
    heated_area = amount_field(_("供热面积（万平方米）"), most=100_000)

    content_panels = [*UnitPage.content_panels, profile_panel(_("供热情况"), profile_fields)]
    override_translatable_fields = [
        *UnitPage.override_translatable_fields,
        *same_in_every_language("hotline", "season_start", "season_end"),
    ]

    class Meta:
        verbose_name = _("供热企业")
        verbose_name_plural = _("供热企业")

    def clean(self) -> None:
        """Refuse half a season, and one of a single day."""
        super().clean()
        if bool(self.season_start) != bool(self.season_end):
            missing = "season_end" if self.season_start else "season_start"
            raise ValidationError({missing: _("采暖期的开始和结束须同时填写。")})
        if self.season_start and self.season_start == self.season_end:
            raise ValidationError({"season_end": _("采暖期的开始和结束不能是同一天。")})

    def get_season_start_display(self) -> str:
        """Return the first day of the season as people read it."""
        return displayed(self.season_start)

    def get_season_end_display(self) -> str:
        """Return the last day of the season as people read it."""
        return displayed(self.season_end)
