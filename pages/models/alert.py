"""应急横幅: a notice that is shown on every page in its scope while it runs. Whom it reaches: `pages.alerts`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from rules.divisions import codes_in, stem

from ..levels import Level

if TYPE_CHECKING:
    from datetime import datetime

    from .organisation import OrganisationPage

# Whoever needs longer puts a fresh one up: a banner that always hangs is read by nobody.
LONGEST = timedelta(days=14)
DISTRICT_CODE = 6


class AlertScope(models.TextChoices):
    """On whose pages a banner stands."""

    ORGANISATION = "organisation", _("本单位及其下级的网页")
    INDUSTRY = "industry", _("本行业的网页")
    DISTRICT = "district", _("区市县的网页")
    CITY = "city", _("全站网页")


class AlertSeverity(models.TextChoices):
    """How grave it is: the four grades of the law on emergencies (《突发事件应对法》), gravest first."""

    RED = "red", _("特别严重（红色）")
    ORANGE = "orange", _("严重（橙色）")
    YELLOW = "yellow", _("较重（黄色）")
    BLUE = "blue", _("一般（蓝色）")


# Beyond the writer's own branch: for the head of the chain to approve.
WIDE = (AlertScope.INDUSTRY, AlertScope.DISTRICT, AlertScope.CITY)


class AlertMixin(models.Model):
    """Abstract: whether, where and how gravely a notice is shown as a banner."""

    alert_scope = models.CharField(
        _("应急横幅"),
        max_length=16,
        choices=AlertScope.choices,
        blank=True,
        help_text=_(
            "紧急事项在范围内每个网页的顶部显示，到结束时间自动消失。超出本单位的，须经链条首端终审；"
            "区市县的网页：按“涉及的行政区划代码”，本单位在区市县之下的只限本区市县。"
        ),
    )
    alert_severity = models.CharField(
        _("严重程度"), max_length=8, choices=AlertSeverity.choices, default=AlertSeverity.ORANGE, blank=True
    )

    alert_panel = MultiFieldPanel(
        [FieldRowPanel([FieldPanel("alert_scope"), FieldPanel("alert_severity")])], heading=_("应急横幅")
    )

    class Meta:
        abstract = True

    @property
    def is_wide_alert(self) -> bool:
        """Does it reach beyond the writer's own branch?"""
        return self.alert_scope in WIDE

    def alert_problems(self) -> dict[str, Any]:
        """Say what keeps it from being a banner, by field."""
        if not self.alert_scope:
            return {}
        found = {
            "ends_at": self._time_problem(),
            "alert_scope": self._place_problem(),
            "alert_severity": None if self.alert_severity else _("请选择严重程度。"),
        }
        return {field: problem for field, problem in found.items() if problem}

    def _time_problem(self) -> Any:
        begins: datetime = getattr(self, "starts_at", None) or timezone.now()
        ends: datetime | None = getattr(self, "ends_at", None)
        if ends is None:
            return _("应急横幅须写明结束时间。")
        return _("应急横幅至多显示 14 天。") if ends - begins > LONGEST else None

    def _place_problem(self) -> Any:
        writer: OrganisationPage | None = getattr(self, "organisation", None)
        if writer is None:
            return None
        if self.alert_scope == AlertScope.INDUSTRY and writer.industry is None:
            return _("本单位没有填写行业，不能用“本行业”的范围。")
        in_district = writer.head_of_chain.level == Level.DISTRICT
        if in_district and self.alert_scope in (AlertScope.CITY, AlertScope.INDUSTRY):
            return _("区市县之下的单位至多用“区市县的网页”的范围；更大的范围请由市级部门或公开办发布。")
        is_district = self.alert_scope == AlertScope.DISTRICT
        if is_district and not in_district and not self.alert_districts:
            return _("请在“涉及的行政区划代码”里填区市县的六位代码。")
        return None

    @property
    def alert_districts(self) -> set[str]:
        """Return the codes of the districts that the notice names."""
        named = codes_in(getattr(self, "division_codes", ""))
        return {code for code in named if len(stem(code)) == DISTRICT_CODE}
