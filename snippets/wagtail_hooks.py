"""Hooks: register the snippets, and the workday calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet

from .calendar_views import CalendarView
from .models import CalendarDay
from .viewsets import CatalogueGroup

if TYPE_CHECKING:
    from django.http import HttpRequest

register_snippet(CatalogueGroup)


class CalendarMenuItem(MenuItem):
    """工作日历, for those who keep it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whoever may change it."""
        return bool(policy_registry.get_by_type(CalendarDay).user_has_permission(request.user, "change"))


@hooks.register("register_admin_urls")
def calendar_urls() -> list[Any]:
    """Mount the year view."""
    return [
        path("calendar/", CalendarView.as_view(), name="snippets_calendar"),
        path("calendar/<int:year>/", CalendarView.as_view(), name="snippets_calendar"),
    ]


@hooks.register("register_settings_menu_item")
def calendar_menu_item() -> CalendarMenuItem:
    """Put it beside the settings."""
    return CalendarMenuItem(_("工作日历"), reverse_lazy("snippets_calendar"), icon_name="date", order=905)
