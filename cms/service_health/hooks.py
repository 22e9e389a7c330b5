"""Hooks of the health of services; imported by cms.wagtail_hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .reach import works_on_content

if TYPE_CHECKING:
    from django.http import HttpRequest


@hooks.register("register_admin_urls")
def service_health_urls() -> list[Any]:
    """Mount the screens."""
    return [path("service-health/", include("cms.service_health.urls"))]


class ServiceHealthMenuItem(MenuItem):
    """在线服务运行情况, for whoever works on service items."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask."""
        return works_on_content(request.user)


@hooks.register("register_admin_menu_item")
def service_health_menu_item() -> ServiceHealthMenuItem:
    """Put it behind the catalogue and the services."""
    return ServiceHealthMenuItem(
        _("服务运行情况"),
        reverse_lazy("service_health:list"),
        name="service-health",
        icon_name="link-external",
        order=255,
    )
