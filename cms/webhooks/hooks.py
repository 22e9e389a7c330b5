"""Hooks of the webhooks; imported by cms.wagtail_hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.administered import administers_any

if TYPE_CHECKING:
    from django.http import HttpRequest


@hooks.register("register_admin_urls")
def webhooks_urls() -> list[Any]:
    """Mount the screens."""
    return [path("webhooks/", include("cms.webhooks.urls"))]


class WebhooksMenuItem(MenuItem):
    """变更推送, for administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask."""
        return administers_any(request.user)


@hooks.register("register_admin_menu_item")
def webhooks_menu_item() -> WebhooksMenuItem:
    """Put them into the menu, before the audit."""
    return WebhooksMenuItem(_("变更推送"), reverse_lazy("webhooks:list"), name="webhooks", icon_name="link", order=890)
