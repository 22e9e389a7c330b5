"""Wagtail's reports: their filters offer whom the report itself names, and nobody else's clerks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy
from django_filters.filters import ModelChoiceFilter
from wagtail.admin.views.reports.audit_logging import (
    LogEntriesView,
    SiteHistoryReportFilterSet,
    get_users_for_filter,
)
from wagtail.admin.views.reports.locked_pages import LockedPagesReportFilterSet, LockedPagesView
from wagtail.admin.views.reports.workflows import WorkflowReportFilterSet, WorkflowView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from accounts.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


def _named_by(rows: QuerySet[Any], column: str) -> QuerySet[User]:
    return User.objects.filter(pk__in=rows.order_by().values(column)).order_by("username")


def _submitters(request: HttpRequest) -> QuerySet[User]:
    """Return who submitted what the report shows to this viewer."""
    report = WorkflowView()
    report.setup(request)
    return _named_by(report.get_queryset(), "requested_by")


def _lockers(request: HttpRequest) -> QuerySet[User]:
    """Return who locked what the report shows to this viewer; asked of the report itself, it would ask the filter."""
    pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(request.user, "change")
    pages |= Page.objects.filter(locked_by=request.user)
    return _named_by(pages.filter(locked=True), "locked_by")


class HistoryFilterSet(SiteHistoryReportFilterSet):
    """Wagtail's own asks the log of the whole site who acted."""

    def get_users_queryset(self) -> QuerySet[User]:
        """Return who did what the viewer may see."""
        found: QuerySet[User] = get_users_for_filter(self.request.user)
        return found


class WorkflowFilterSet(WorkflowReportFilterSet):
    """Wagtail's own offers everybody who ever submitted anything."""

    requested_by = ModelChoiceFilter(field_name="requested_by", queryset=_submitters)

    class Meta(WorkflowReportFilterSet.Meta):
        pass


class LockedFilterSet(LockedPagesReportFilterSet):
    """Wagtail's own offers everybody who locked anything."""

    locked_by = ModelChoiceFilter(
        field_name="locked_by",
        label=gettext_lazy("锁定人"),
        empty_label=gettext_lazy("任何人"),
        queryset=_lockers,
    )

    class Meta(LockedPagesReportFilterSet.Meta):
        pass


def name_nobody_else() -> None:
    """Put these filters in the place of Wagtail's, which has no setting for them."""
    LogEntriesView.filterset_class = HistoryFilterSet
    WorkflowView.filterset_class = WorkflowFilterSet
    LockedPagesView.filterset_class = LockedFilterSet
