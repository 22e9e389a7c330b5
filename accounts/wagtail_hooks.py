"""Hooks: what a person may choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail import hooks

from .page_chooser import offered

if TYPE_CHECKING:
    from django.http import HttpRequest


@hooks.register("construct_page_chooser_queryset")
def choose_from_what_is_public_or_within_reach(pages: Any, request: HttpRequest) -> Any:
    """Offer no drafts of other organisations."""
    return offered(pages, request.user)
