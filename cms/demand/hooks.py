"""Hooks of the demand; imported by cms.wagtail_hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .panels import MissedPanel
from .reach import answers_for_something

if TYPE_CHECKING:
    from django.http import HttpRequest

READS = reverse_lazy("demand:reads")


class AnsweringItem(MenuItem):
    """For those who answer for something; the operator has it among the reports."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask."""
        return not request.user.is_superuser and answers_for_something(request.user)


@hooks.register("register_admin_urls")
def demand_urls() -> list[Any]:
    """Mount the screens."""
    return [path("reports/demand/", include("cms.demand.urls"))]


@hooks.register("register_reports_menu_item")
def among_the_reports() -> MenuItem:
    """Put it under 报告, which operators have."""
    return MenuItem(_("公众需求"), READS, name="demand", icon_name="view", order=50)


@hooks.register("register_admin_menu_item")
def for_clerks() -> AnsweringItem:
    """Put it into the menu of those who have no 报告."""
    return AnsweringItem(_("公众需求"), READS, name="demand", icon_name="view", order=65)


@hooks.register("construct_homepage_panels")
def missed_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Tell those who keep the 检索用词 what was searched in vain."""
    panels.append(MissedPanel())
