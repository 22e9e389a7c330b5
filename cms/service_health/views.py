"""The screens: how the items within reach run, the same as files, and maintenance of one item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ledger.events import record
from pages.exports import file_response
from snippets.health import LABELS, OFFLINE, running_of
from snippets.models import HealthState, ItemHealth, Maintenance

from .forms import MaintenanceForm, NarrowForm
from .maintenance import declare, end
from .reach import item_for, items_of, may_declare, require_work
from .reasons import reason_words
from .report import STATES, by_class, by_sector, items_table, listed, narrowed, totals_table, with_running

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from snippets.models import ServiceItem

PER_PAGE = 50
TABLES = {"items": items_table, "totals": totals_table}
FILES = ("csv", "xlsx")


class ReportView(WagtailAdminTemplateMixin, TemplateView):
    """The numbers, and the items, what is down first."""

    template_name = "service_health/report.html"
    page_title = gettext_lazy("在线服务运行情况")
    header_icon = "link-external"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Let in whoever works on service items."""
        require_work(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what was asked for."""
        form = NarrowForm(self.request.GET)
        items = with_running(items_of(self.request.user))
        found = listed(narrowed(items, form.chosen))
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        kept = self.request.GET.copy()
        kept.pop("page", None)
        return super().get_context_data(
            **kwargs,
            form=form,
            page=page,
            rows=[described(item, self.request.user) for item in page],
            states=[LABELS[state] for state in STATES],
            groups=[
                {"label": _("按类别"), "totals": by_class(items)},
                {"label": _("按行业"), "totals": by_sector(items)},
            ],
            query=kept.urlencode(),
            is_narrowed=bool(form.chosen),
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


def described(item: Any, user: Any) -> dict[str, Any]:
    """Describe an item in the report."""
    health: ItemHealth | None = getattr(item, "health", None)
    return {
        "item": item,
        "industry": item.industry,
        "label": LABELS[item.running],
        "kind": KINDS.get(item.running, "none"),
        "since": health.since if health and item.running == HealthState.DOWN else None,
        "checked_at": health.checked_at if health else None,
        "reason": reason_words(health.reason) if health else "",
        "may_declare": item.running != OFFLINE and may_declare(user, item),
    }


# As `components/st.html` marks them.
KINDS = {HealthState.WORKING: "", HealthState.DOWN: "bad", "maintenance": "warn"}


class ReportFileView(View):
    """The items, or the numbers, as a file."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, table: str, file_type: str) -> HttpResponseBase:
        """Send it; that it left the house is recorded."""
        require_work(request.user)
        if table not in TABLES or file_type not in FILES:
            raise Http404
        items = narrowed(with_running(items_of(request.user)), NarrowForm(request.GET).chosen)
        record("export.service_report", None, actor=request.user, report=table)
        response = file_response(request, TABLES[table](items), file_type)
        response["Cache-Control"] = "no-store"
        return response


class MaintenanceView(WagtailAdminTemplateMixin, FormView):
    """Announce maintenance of one item, or end it."""

    template_name = "service_health/maintenance.html"
    form_class = MaintenanceForm
    header_icon = "link-external"
    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Let in whoever may change the item."""
        if not may_declare(request.user, item_for(request.user, kwargs["pk"])):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def item(self) -> ServiceItem:
        """Return the item, 404 where it is out of reach."""
        return item_for(self.request.user, self.kwargs["pk"])

    def get_page_title(self) -> str:
        """Title the screen."""
        return _("登记维护：%(title)s") % {"title": self.item.title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the item and what is announced of it."""
        now = timezone.now()
        ahead = Maintenance.objects.ahead_of(now).filter(item=self.item).select_related("declared_by")
        return super().get_context_data(**kwargs, item=self.item, running=running_of(self.item, now), ahead=ahead)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the report."""
        above = {"url": reverse("service_health:list"), "label": ReportView.page_title}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def form_valid(self, form: MaintenanceForm) -> HttpResponse:
        """Do it."""
        try:
            declare(item=self.item, by=self.request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("已登记；到时指南上自动显示“维护中”。"))
        return redirect("service_health:maintenance", self.item.pk)


class EndView(View):
    """End maintenance now, or take it back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, row: int) -> HttpResponse:
        """Do it, and return to the item."""
        item = item_for(request.user, pk)
        if not may_declare(request.user, item):
            raise PermissionDenied
        found = get_object_or_404(Maintenance.objects.select_related("item__provider"), pk=row, item=item)
        try:
            end(row=found, by=request.user)
            messages.success(request, _("已结束，指南恢复为平常的样子。"))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("service_health:maintenance", item.pk)
