"""Hooks: the connectors, and the screens of the connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.administered import administers_any
from snippets.connectors import HOOK

from .kinds import declare_appointment, declare_handover, declare_payment, declare_query

if TYPE_CHECKING:
    from django.http import HttpRequest

for declare in (declare_query, declare_payment, declare_appointment, declare_handover):
    hooks.register(HOOK, declare)


@hooks.register("register_admin_urls")
def connections_urls() -> list[Any]:
    """Mount the screens."""
    return [path("connections/", include("cms.connectors.urls"))]


class ConnectionsMenuItem(MenuItem):
    """办理接口, for administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask."""
        return administers_any(request.user)


@hooks.register("register_admin_menu_item")
def connections_menu_item() -> ConnectionsMenuItem:
    """Put them into the menu, beside the webhooks."""
    return ConnectionsMenuItem(
        _("办理接口"), reverse_lazy("connections:list"), name="connections", icon_name="link", order=889
    )
