"""Hooks of the inbox; imported by cms.wagtail_hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import include, path
from wagtail import hooks
from wagtail.admin.views.account import NotificationsSettingsPanel

from .account import MailPanel
from .menu import InboxMenuItem

if TYPE_CHECKING:
    from django.http import HttpRequest

# Wagtail lists this panel itself; what it asks about is not sent (see MailPanel).
NotificationsSettingsPanel.is_active = lambda panel: False


@hooks.register("register_admin_urls")
def inbox_urls() -> list[Any]:
    """Mount the screens."""
    return [path("inbox/", include("cms.inbox.urls"))]


@hooks.register("register_admin_menu_item")
def inbox_menu_item() -> InboxMenuItem:
    """Put the inbox into everybody's menu."""
    return InboxMenuItem()


@hooks.register("register_account_settings_panel")
def mail_panel(request: HttpRequest, user: Any, profile: Any) -> MailPanel:
    """Ask on the page of the account how mail is wanted."""
    return MailPanel(request, user, profile)
