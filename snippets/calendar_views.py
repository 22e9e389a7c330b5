"""The year view of the workday calendar: what is named, what is missing; fill a year in, name a day, forget a day."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from ledger.events import record

from .models import CalendarDay
from .workdays import add_year, missing_years, years_to_know

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

YEARS = range(2000, 2100)
MONTHS = range(1, 13)
FILL, NAME, FORGET = "fill", "name", "forget"
OFF, WORKS = "off", "works"


class DayForm(forms.Form):
    """Name one day."""

    day = forms.DateField(
        label=gettext_lazy("日期"),
        widget=forms.DateInput(attrs={"type": "date", "class": "input"}),
        error_messages={
            "required": gettext_lazy("请填写日期。"),
            "invalid": gettext_lazy("请按 2026-10-01 的格式填写日期。"),
        },
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("安排"),
        choices=[(OFF, gettext_lazy("放假")), (WORKS, gettext_lazy("调休上班"))],
        widget=forms.Select(attrs={"class": "input"}),
    )
    note = forms.CharField(
        label=gettext_lazy("说明"), required=False, max_length=50, widget=forms.TextInput(attrs={"class": "input"})
    )


@dataclass(frozen=True)
class Square:
    """One day of the year view: `kind` is work, rest, off (named) or makeup (named)."""

    day: date
    kind: str
    note: str = ""


class CalendarView(WagtailAdminTemplateMixin, TemplateView):
    """A whole year at a glance."""

    template_name = "snippets/calendar.html"
    page_title = gettext_lazy("工作日历")
    header_icon = "date"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in whoever works here; only those who keep reference data write."""
        policy = policy_registry.get_by_type(CalendarDay)
        self.year = kwargs.get("year") or timezone.localdate().year
        self.may_write = policy.user_has_permission(request.user, "change")
        self.form: DayForm | None = None
        if not policy.user_has_any_permission(request.user, {"view", "change"}):
            raise PermissionDenied
        if self.year not in YEARS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Fill the year in from the library, name a day, or forget one."""
        if not self.may_write:
            raise PermissionDenied
        action = request.POST.get("action")
        if action == FILL:
            self._fill()
        elif not self._change_day(action):
            return self.render_to_response(self.get_context_data(**kwargs), status=422)
        return HttpResponseRedirect(reverse("snippets_calendar", args=[self.year]))

    def _fill(self) -> None:
        added = add_year(self.year)
        words = {"year": self.year, "count": added}
        if added:
            record("calendar.filled", None, **words)
            messages.success(self.request, _("已补录 %(year)d 年 %(count)d 天。") % words)
        elif missing_years([self.year]):
            text = _("系统自带的资料还没有 %(year)d 年的安排，请按国务院办公厅的通知逐日填写。")
            messages.warning(self.request, text % words)
        else:
            messages.info(self.request, _("%(year)d 年没有可以补录的日期。") % words)

    def _change_day(self, action: str | None) -> bool:
        """Name or forget a day; False when what was typed does not fit."""
        data = self.request.POST if action == NAME else {"day": self.request.POST.get("day", ""), "kind": OFF}
        self.form = DayForm(data)
        if action not in {NAME, FORGET} or not self.form.is_valid():
            return False
        cleaned = self.form.cleaned_data
        row = CalendarDay.objects.filter(day=cleaned["day"]).first()
        if action == FORGET:
            if row is not None:
                row.delete()
        else:
            row = row or CalendarDay(day=cleaned["day"])
            row.is_workday, row.note = cleaned["kind"] == WORKS, cleaned["note"]
            row.save()
            self.year = row.day.year
        record(f"calendar.day_{action}", None, day=cleaned["day"].isoformat(), works=cleaned["kind"] == WORKS)
        messages.success(self.request, _("已保存；正在计算的期限已按新的日历重算。"))
        return True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the months of the year. Two queries."""
        named = {row.day: row for row in CalendarDay.objects.filter(day__year=self.year)}
        return super().get_context_data(
            **{**kwargs, "year": self.year},
            years=[self.year - 1, self.year + 1],
            months=_months(self.year, named),
            is_missing=not named,
            missing=missing_years(years_to_know(timezone.localdate())),
            may_write=self.may_write,
            form=self.form or DayForm(),
        )


def _months(year: int, named: dict[date, CalendarDay]) -> list[dict[str, Any]]:
    weeks_of = Calendar(firstweekday=0).monthdatescalendar
    found = []
    for month in MONTHS:
        weeks = [
            [_square(day, named) if day.month == month else None for day in week] for week in weeks_of(year, month)
        ]
        days = [row for day, row in sorted(named.items()) if day.month == month]
        found.append({"number": month, "weeks": weeks, "named": days})
    return found


def _square(day: date, named: dict[date, CalendarDay]) -> Square:
    row = named.get(day)
    if row is None:
        return Square(day, "rest" if day.isoweekday() > 5 else "work")
    return Square(day, "makeup" if row.is_workday else "off", row.note)
