"""The explorer: pages with their state, organisation and industry, usable with 4,000 children."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.filters import ChoiceFilter, DateFromToRangeFilter, ModelChoiceFilter
from wagtail.admin.filters import DateRangePickerWidget, MultipleContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import PageTypeColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, WorkflowState, get_default_page_content_type, get_page_content_types

from pages.models import OrganisationPage
from snippets.models import Industry
from workflows.queue import organisations_at

from .page_views import (
    AskedCancellationView,
    DraftCopyView,
    LevelCreateView,
    MoveView,
    PageEditView,
    PageRevertView,
    PositionView,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

# Wagtail's manual order: lists all children at once, without pages (4,000 children: 8,000 queries).
BY_HAND = "ord"
LIVE, DRAFT, CHANGED, IN_REVIEW, RETURNED = "live", "draft", "changed", "in_review", "returned"
SCHEDULED = "scheduled"


def _in_workflow(status: str) -> Exists:
    states = WorkflowState.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id=Cast(OuterRef("pk"), CharField()),
        status=status,
    )
    return Exists(states)


class StateFilter(ChoiceFilter):
    """Public, draft, in review, returned, approved for an hour to come."""

    def filter(self, pages: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep the pages in one state."""
        conditions: dict[str, Any] = {
            LIVE: Q(live=True),
            DRAFT: Q(live=False),
            CHANGED: Q(live=True, has_unpublished_changes=True),
            IN_REVIEW: _in_workflow(WorkflowState.STATUS_IN_PROGRESS),
            RETURNED: _in_workflow(WorkflowState.STATUS_NEEDS_CHANGES),
            SCHEDULED: Q(_approved_schedule=True),
        }
        return pages.filter(conditions[value]) if value in conditions else pages


class IndustryFilter(ModelChoiceFilter):
    """Organisations of a branch or of all branches of a sector."""

    def filter(self, pages: QuerySet[Any], value: Industry | None) -> QuerySet[Any]:
        """Keep the organisations of the industry."""
        if value is None:
            return pages
        found = OrganisationPage.objects.filter(Q(industry=value) | Q(industry__parent=value))
        return pages.filter(pk__in=found.order_by().values("pk"))


class DeskPageFilterSet(WagtailFilterSet):
    """Filters that stay short: Wagtail's own list every owner and editor of the whole city."""

    state = StateFilter(
        label=gettext_lazy("状态"),
        empty_label=gettext_lazy("全部"),
        choices=[
            (LIVE, gettext_lazy("已公开")),
            (DRAFT, gettext_lazy("从未公开或已撤下")),
            (CHANGED, gettext_lazy("已公开，另有未公开的修改")),
            (IN_REVIEW, gettext_lazy("审核中")),
            (RETURNED, gettext_lazy("已退回")),
            (SCHEDULED, gettext_lazy("已排定公开")),
        ],
        widget=RadioSelect,
    )
    content_type = MultipleContentTypeFilter(
        label=gettext_lazy("页面类型"),
        queryset=lambda request: get_page_content_types(include_base_page_type=False),
        widget=CheckboxSelectMultiple,
    )
    industry = IndustryFilter(
        label=gettext_lazy("行业"), empty_label=gettext_lazy("全部"), queryset=Industry.objects.select_related("parent")
    )
    latest_revision_created_at = DateFromToRangeFilter(label=gettext_lazy("更新日期"), widget=DateRangePickerWidget)

    class Meta:
        model = Page
        fields: list[str] = []


class PlaceColumn(Column):
    """The organisation a page belongs to; an organisation's own superior."""

    def get_value(self, instance: Any) -> str:
        """Return what the view has looked up for all rows at once."""
        return str(getattr(instance, "desk_place", ""))


class IndustryColumn(Column):
    """The industry of an organisation, or of the one a page belongs to."""

    def get_value(self, instance: Any) -> str:
        """Return what the view has looked up for all rows at once."""
        return str(getattr(instance, "desk_industry", ""))


@dataclass(frozen=True)
class State:
    """The state of a page in one word; `primary` is what the public sees."""

    label: str
    primary: bool = False


def state_of(page: Any) -> State:
    """Say where a page stands, from what the listing has fetched along (no query)."""
    workflow_state = page.current_workflow_state
    if workflow_state is not None and workflow_state.status == WorkflowState.STATUS_IN_PROGRESS:
        return State(_("公开，新稿审核中") if page.live else _("审核中"), page.live)
    if workflow_state is not None:
        return State(_("公开，新稿已退回") if page.live else _("已退回"), page.live)
    if page.approved_schedule:
        return State(_("公开，新稿已排定") if page.live else _("已排定公开"), page.live)
    if page.live:
        return State(_("公开，另有草稿") if page.has_unpublished_changes else _("已公开"), primary=True)
    return State(_("草稿"))


class StateColumn(Column):
    """Public, draft, in review, returned."""

    cell_template_name = "desk/state_cell.html"

    def get_value(self, instance: Any) -> State:
        """Return the state."""
        return state_of(instance)


class DeskIndexView(ExplorableIndexView):
    """The listing below a page, and what a search finds there."""

    base_filterset_class = DeskPageFilterSet
    base_columns = [
        *ExplorableIndexView.base_columns[:3],
        PlaceColumn("desk_place", label=gettext_lazy("单位"), classname="desk-wide", width="14%"),
        IndustryColumn("desk_industry", label=gettext_lazy("行业"), classname="desk-wide", width="10%"),
        DateColumn(
            "latest_revision_created_at",
            label=gettext_lazy("更新"),
            sort_key="latest_revision_created_at",
            classname="desk-wide",
            width="10%",
        ),
        PageTypeColumn(
            "type",
            label=gettext_lazy("类型"),
            accessor="page_type_display_name",
            sort_key="content_type__model",
            classname="desk-wide",
            width="10%",
        ),
        StateColumn("status", label=gettext_lazy("状态"), sort_key="live", width="12%"),
    ]

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        """Refuse the order by hand, which lists everything at once."""
        if request.GET.get("ordering", "").lstrip("-") == BY_HAND:
            messages.info(request, _("列表不支持手工排序：公开信息按目录和日期排列，单位按页面树排列。"))
            kept = request.GET.copy()
            del kept["ordering"]
            return HttpResponseRedirect(f"{request.path}?{kept.urlencode()}".rstrip("?"))
        response: HttpResponse = super().get(request, parent_page_id)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Look up organisation and industry of all rows at once."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        listed = list(context["object_list"])
        superiors = organisations_at({page.path[: -Page.steplen] for page in listed})
        above = OrganisationPage.objects.filter(pk__in={page.pk for page in superiors.values()})
        branches = dict(above.values_list("pk", "industry_id"))
        industries = Industry.objects.in_bulk()
        for page in listed:
            superior = superiors.get(page.path[: -Page.steplen])
            page.desk_place = superior.title if superior else ""
            branch = page.industry_id if hasattr(page, "industry_id") else superior and branches.get(superior.pk)
            page.desk_industry = industries.get(branch, "")
        context["object_list"] = listed
        return context


class DeskPageViewSet(PageViewSet):
    """Wagtail's views of all pages, with our listing, and asking where Wagtail's ask too little."""

    model = Page
    index_view_class = DeskIndexView
    filterset_class = DeskPageFilterSet
    add_view_class = LevelCreateView
    copy_view_class = DraftCopyView
    edit_view_class = PageEditView
    confirm_workflow_cancellation_view_class = AskedCancellationView
    move_confirm_view_class = MoveView
    revisions_revert_view_class = PageRevertView
    set_page_position_view_class = PositionView
