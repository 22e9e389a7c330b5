"""公众需求: what the public read and searched, on the screen and as a table to carry away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from ledger.events import record
from pages.exports import Table, file_response
from snippets.models import SearchWords

from .figures import By, bar, change, lines, reads, searches
from .forms import SPANS, PeriodForm, by_of
from .reach import answers_for_something

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from .figures import Line, Period

PER_PAGE = 50
MOST = 10_000
MISSED = "missed"
ADD_WORDS = "wagtailsnippets_snippets_searchwords:add"


class DemandMixin:
    """What the screens share: who may come in, and which days are meant."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in those who answer for something."""
        if not answers_for_something(request.user):
            raise PermissionDenied
        stock: Any = super()
        response: HttpResponseBase = stock.dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def filters(self) -> PeriodForm:
        """Return the bound form of filters."""
        return PeriodForm(self.request.GET)

    @property
    def period(self) -> Period:
        """Return the days."""
        return self.filters.period

    @property
    def by(self) -> By:
        """Return what to sum up by."""
        return by_of(self.request.GET.get("by", ""))

    @property
    def missed(self) -> bool:
        """Are words without a result asked for?"""
        return self.request.GET.get("show") == MISSED

    def query_string(self, **changed: str) -> str:
        """Return the present conditions with some of them changed, from the first page on."""
        asked = {name: value for name, value in self.request.GET.items() if name != "page"} | changed
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"


class DemandScreen(DemandMixin, WagtailAdminTemplateMixin, TemplateView):
    """A screen of the reports."""

    header_icon = "view"
    page_title = gettext_lazy("公众需求")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the days, and from which number on numbers are shown."""
        spans = [
            {
                "label": label,
                "url": self.query_string(span=span, since="", until=""),
                "current": span == self.filters.span,
            }
            for span, label in SPANS.items()
        ]
        facts = {"filters": self.filters, "period": self.period, "least": settings.DEMAND_SHOWN_FROM}
        return super().get_context_data(**kwargs, **facts, spans=spans, parameters=self.query_string())

    def page_of(self, rows: Any) -> Any:
        """Return the page that is asked for."""
        return Paginator(rows[:MOST], PER_PAGE).get_page(self.request.GET.get("page"))


class ReadsView(DemandScreen):
    """What was read."""

    template_name = "demand/reads.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of sums."""
        rows = reads(self.request.user, self.by, self.period)
        page = self.page_of(rows)
        longest = rows[0]["now"] if page.object_list else 0
        ways = [{"label": each.label, "url": self.query_string(by=each), "current": each == self.by} for each in By]
        return super().get_context_data(
            **kwargs, page=page, by=self.by, ways=ways, rows=lines(self.by, page.object_list, longest)
        )


class SearchesView(DemandScreen):
    """What was searched for."""

    template_name = "demand/searches.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of words."""
        rows = searches(self.period, missed=self.missed)
        page = self.page_of(rows)
        number = "misses" if self.missed else "now"
        longest = rows[0][number] if page.object_list else 0
        may_add = policy_registry.get_by_type(SearchWords).user_has_permission(self.request.user, "add")
        kinds = [
            {"label": _("常搜的词"), "url": self.query_string(show=""), "current": not self.missed},
            {"label": _("搜了没有结果的词"), "url": self.query_string(show=MISSED), "current": self.missed},
        ]
        for each in page.object_list:
            each |= {
                "bar": bar(each[number], longest),
                "change": change(each["now"], each["before"]),
                "search_url": f"{reverse('search')}?{urlencode({'q': each['text']})}",
                "add_url": f"{reverse(ADD_WORDS)}?{urlencode({'words': each['text']})}" if may_add else "",
            }
        return super().get_context_data(
            **kwargs,
            page=page,
            missed=self.missed,
            kinds=kinds,
            times=settings.DEMAND_QUERY_MIN,
            days=settings.DEMAND_QUERY_DAYS,
        )


class ExportView(DemandMixin, View):
    """A report as a table; that it was carried away is recorded."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, report: str, file_type: str) -> HttpResponseBase:
        """Send it."""
        tables = {"reads": self.reads_table, "searches": self.searches_table}
        if report not in tables or file_type not in {"csv", "xlsx"}:
            raise Http404
        record("export.demand", None, actor=request.user, report=report)
        response = file_response(request, tables[report](), file_type)
        response["Cache-Control"] = "no-store"
        return response

    def reads_table(self) -> Table:
        """Return what was read."""
        rows = list(reads(self.request.user, self.by, self.period)[:MOST])
        heads = [(_("名称"), 40), (_("所属"), 30), *_narrow(_("网页阅读"), _("上一段"), _("增减"), _("接口读取"))]
        name = _("公众需求 %(by)s") % {"by": self.by.label}
        return Table(f"{name} {self._days()}", heads, self._cells(lines(self.by, rows, 0)))

    def _cells(self, rows: list[Line]) -> Iterator[tuple[Any, ...]]:
        for row in rows:
            numbers = (row.now, row.before, row.change, row.api)
            yield (row.title, row.note, *(int(each) if each.isdecimal() else each for each in numbers))

    def searches_table(self) -> Table:
        """Return what was searched for."""
        heads = [(_("搜索词"), 30), *_narrow(_("搜索次数"), _("上一段"), _("无结果次数"), _("最近结果数"))]
        rows = searches(self.period, missed=self.missed)[:MOST]
        cells = ((each["text"], each["now"], each["before"], each["misses"], each["found"]) for each in rows)
        name = _("搜了没有结果的词") if self.missed else _("常搜的词")
        return Table(f"{name} {self._days()}", heads, cells)

    def _days(self) -> str:
        return f"{self.period.first:%Y%m%d}-{self.period.last:%Y%m%d}"


def _narrow(*titles: str) -> list[tuple[str, int]]:
    return [(title, 12) for title in titles]
