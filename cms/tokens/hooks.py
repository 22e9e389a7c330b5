"""Hooks of the tokens; imported by cms.wagtail_hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from cms.administered import administers_any
from pages.models import OrganisationPage

from .reach import may_manage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest


class TokensItem(MenuItem):
    """For those who look after tokens; who only lends his name comes by the letter."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to administrators and the operator."""
        return administers_any(request.user)


@hooks.register("register_admin_urls")
def token_urls() -> list[Any]:
    """Mount the screens."""
    return [path("tokens/", include("cms.tokens.urls"))]


@hooks.register("register_admin_menu_item")
def tokens_item() -> TokensItem:
    """Put it before the messages to other systems."""
    return TokensItem(_("接口令牌"), reverse_lazy("tokens:tokens"), name="api-tokens", icon_name="key", order=888)


@hooks.register("register_page_header_buttons")
def tokens_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Offer the organisation's tokens to those who look after them."""
    if issubclass(page.specific_class or type(page), OrganisationPage) and may_manage(user, page):
        yield Button(_("接口令牌"), reverse("tokens:organisation", args=[page.pk]), icon_name="key", priority=74)
