"""Hooks of the preview in the front end; imported by cms.wagtail_hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from cms.api.writing.kinds import KINDS
from cms.api.writing.saving import may_change

if TYPE_CHECKING:
    from collections.abc import Iterator


@hooks.register("register_admin_urls")
def preview_urls() -> list[Any]:
    """Mount the screen."""
    return [path("front-preview/", include("cms.front_preview.urls"))]


@hooks.register("register_page_header_buttons")
def preview_of_the_page(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Offer it while one edits, to those who may."""
    if view_name == "edit":
        yield from _button(page, user)


@hooks.register("register_snippet_listing_buttons")
def preview_of_the_item(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Offer it in the list of service items."""
    yield from _button(snippet, user)


@hooks.register("register_snippet_header_buttons")
def preview_while_one_edits(snippet: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Offer it while one edits a service item."""
    yield from _button(snippet, user)


def _button(thing: Any, user: Any) -> Iterator[Button]:
    model = getattr(thing, "specific_class", None) or type(thing)
    kind = next((each for each in KINDS.values() if each.model is model), None)
    if settings.FRONTEND_PREVIEW_URL and kind is not None and may_change(kind, thing, user):
        url = reverse("front_preview:open", args=[kind.name, thing.pk])
        yield Button(_("前端预览…"), url, icon_name="view", priority=73)
