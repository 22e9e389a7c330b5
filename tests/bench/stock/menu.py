"""The menu of every page: what stands below the home page and is marked for it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from wagtail.models import Page, Site

SECONDS = 60


def menu(request: HttpRequest) -> dict[str, Any]:
    """Give the templates the menu."""
    site = Site.find_for_request(request)
    if not settings.MENU_CACHED:
        return {"menu": entries(site)}
    return {"menu": cache.get_or_set("menu", lambda: list(entries(site)), SECONDS)}


def entries(site: Site) -> Any:
    """Ask for the pages of the menu."""
    return Page.objects.child_of(site.root_page).live().in_menu()
