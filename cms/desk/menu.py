"""The menu: what matters to a clerk, and for operators nothing that misleads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest

# Reports of Wagtail's: the start page and the queue answer what they are asked for.
OPERATORS_ONLY = {"reports", "settings", "redirects"}
# Authority is derived from appointments and the tree: groups, collections and workflows decide nothing here.
MISLEADING = {"groups", "collections", "workflows", "workflow-tasks"}
# Addresses on the English-speaking internet.
ABROAD = ("whats-new-in-wagtail", "editor-guide")


def for_the_clerk(request: HttpRequest, items: list[Any]) -> None:
    """Take out of the main menu what only operators need; portal administrators keep the settings they may change."""
    if not request.user.is_superuser:
        hidden = OPERATORS_ONLY if not _has_settings(request, items) else OPERATORS_ONLY - {"settings"}
        items[:] = [item for item in items if item.name not in hidden]


def _has_settings(request: HttpRequest, items: list[Any]) -> bool:
    settings = next((item for item in items if item.name == "settings"), None)
    return settings is not None and bool(settings.menu.menu_items_for_request(request))


def without_what_misleads(request: HttpRequest, items: list[Any]) -> None:
    """Take out of the settings and the reports what decides nothing here."""
    items[:] = [item for item in items if item.name not in MISLEADING]


def without_links_abroad(request: HttpRequest, items: list[Any]) -> None:
    """Keep the help that stands on this site."""
    items[:] = [item for item in items if not item.name.startswith(ABROAD)]
