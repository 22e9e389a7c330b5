"""Hooks of the subscriptions; imported by cms.wagtail_hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.countersigning.acts import runs_the_portal

from .counting import CountsView

if TYPE_CHECKING:
    from django.http import HttpRequest


class CountsMenuItem(MenuItem):
    """邮件订阅数, for whoever answers for the portal."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask."""
        return runs_the_portal(request.user)


@hooks.register("register_admin_urls")
def subscriptions_urls() -> list[Any]:
    """Mount the screen."""
    return [path("subscriptions/", CountsView.as_view(), name="subscription_counts")]


@hooks.register("register_admin_menu_item")
def subscriptions_menu_item() -> CountsMenuItem:
    """Put the numbers into the menu, before the webhooks."""
    address = reverse_lazy("subscription_counts")
    return CountsMenuItem(_("邮件订阅数"), address, name="subscriptions", icon_name="mail", order=880)
