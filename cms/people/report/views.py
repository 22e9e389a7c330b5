"""The screen of 人员状况, and its spreadsheet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ledger.events import record
from pages.exports import Table, file_response

from ..subtree import require_oversight
from .findings import KINDS, Kind, counts

PER_PAGE = 50


class ReportView(WagtailAdminTemplateMixin, TemplateView):
    """How many of each kind, and one kind in full."""

    template_name = "people/report.html"
    page_title = gettext_lazy("人员状况")
    header_icon = "warning"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Let in administrators."""
        require_oversight(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the kind that was asked for, by default the first that found anything."""
        found = counts(self.request.user)
        first = next((code for code, count in found.items() if count), next(iter(KINDS)))
        kind = KINDS.get(self.request.GET.get("kind", ""), KINDS[first])
        page = Paginator(kind.find(self.request.user), PER_PAGE).get_page(self.request.GET.get("page"))
        kinds = [{"kind": each, "count": found[code]} for code, each in KINDS.items()]
        return super().get_context_data(**kwargs, kinds=kinds, kind=kind, page=page, days=settings.ACCOUNT_IDLE_DAYS)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class ReportFileView(View):
    """One kind as a spreadsheet."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """Send it; that it left the house is recorded."""
        require_oversight(request.user)
        if kind not in KINDS:
            raise Http404
        record("export.people_report", None, actor=request.user, report=kind)
        response = file_response(request, table_of(KINDS[kind], request.user), "xlsx")
        response["Cache-Control"] = "no-store"
        return response


def table_of(kind: Kind, user: Any) -> Table:
    """Return the rows of a kind."""
    found = kind.find(user).iterator(chunk_size=1000)
    if kind.of_people:
        columns = [(_("姓名"), 14), (_("用户名"), 20), (_("单位"), 36), (_("电话"), 16), (_("最近登录"), 14)]
        return Table(str(kind.label), columns, ((str(p), p.username, p.place_title, p.phone, _day(p)) for p in found))
    columns = [(_("单位"), 40), (_("简称"), 20)]
    return Table(str(kind.label), columns, ((each.title, each.short_name) for each in found))


def _day(person: Any) -> str:
    return timezone.localdate(person.last_login).isoformat() if person.last_login else _("从未")
