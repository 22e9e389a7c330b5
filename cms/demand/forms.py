"""The filters of the reports."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .figures import By, Period

if TYPE_CHECKING:
    from collections.abc import Mapping

DAYS = 30
SPANS = {"7": gettext_lazy("最近 7 天"), "30": gettext_lazy("最近 30 天"), "90": gettext_lazy("最近 90 天")}
BOUNDS = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31)))


def _date(label: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date", "class": "input"}, "%Y-%m-%d")
    return forms.DateField(label=label, required=False, validators=BOUNDS, widget=widget)


class PeriodForm(forms.Form):
    """Days of one's own, or a span up to today (`span`). What does not fit is reported, and thirty days are shown."""

    since = _date(gettext_lazy("从"))
    until = _date(gettext_lazy("到"))

    def __init__(self, asked: Mapping[str, str]) -> None:
        self.today = timezone.localdate()
        given = {name: value for name in ("since", "until") if (value := asked.get(name))}
        span = asked.get("span", "")
        self.span = "" if given else span if span in SPANS else str(DAYS)
        shown = self.up_to_today(int(self.span or DAYS))
        super().__init__(given or {"since": f"{shown.first:%Y-%m-%d}", "until": f"{shown.last:%Y-%m-%d}"})

    def up_to_today(self, days: int) -> Period:
        """Return so many days, today the last of them."""
        return Period(self.today - timedelta(days=days - 1), self.today)

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("结束日期不能早于开始日期。"))
        return given

    @property
    def period(self) -> Period:
        """Return the days that are meant."""
        if not self.is_valid():
            return self.up_to_today(DAYS)
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        if until is None:
            until = max(self.today, since)
        return Period(since or until - timedelta(days=DAYS - 1), until)


def by_of(value: str) -> By:
    """Return what to sum up by; by unit where nothing known is asked for."""
    return By(value) if value in By.values else By.UNIT
