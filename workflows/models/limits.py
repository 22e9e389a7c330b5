"""How long each tier may take, and how long a claim holds: set once for the whole portal."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

_WORKDAYS = (MinValueValidator(1), MaxValueValidator(20))
_HOURS = (MinValueValidator(1), MaxValueValidator(24))


@register_setting(icon="time", order=910)
class ApprovalLimits(BaseSiteSetting):
    """Workdays per tier (the day of arrival is not counted), hours of a claim."""

    first_days = models.PositiveSmallIntegerField(_("初审（工作日）"), default=1, validators=_WORKDAYS)
    second_days = models.PositiveSmallIntegerField(_("复审（工作日）"), default=2, validators=_WORKDAYS)
    third_days = models.PositiveSmallIntegerField(_("终审（工作日）"), default=3, validators=_WORKDAYS)
    claim_hours = models.PositiveSmallIntegerField(
        _("“我来办”保留（小时）"),
        default=4,
        validators=_HOURS,
        help_text=_("到时自动失效；同单位的其他审核员随时可以接手。"),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("first_days"), FieldPanel("second_days"), FieldPanel("third_days")]),
                FieldPanel("claim_hours"),
            ],
            heading=_("审核时限"),
            help_text=_("收到当日不计，只计工作日。逾期再过同样长的时限，自动转上一级审核。只影响今后开始的审核。"),
        )
    ]

    class Meta:
        verbose_name = _("审核时限")
        verbose_name_plural = _("审核时限")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> ApprovalLimits:
        """Return the portal's limits. One query."""
        return cls.objects.filter(site__is_default_site=True).first() or cls()

    def days(self, tier: int) -> int:
        """Return the workdays of a tier."""
        return {1: self.first_days, 2: self.second_days}.get(tier, self.third_days)
