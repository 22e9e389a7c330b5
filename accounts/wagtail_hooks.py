"""Hooks: what a person may choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import policy_registry

if TYPE_CHECKING:
    from django.http import HttpRequest


@hooks.register("construct_page_chooser_queryset")
def choose_from_what_is_public_or_within_reach(pages: Any, request: HttpRequest) -> Any:
    """Drafts of other organisations are nobody's business, not even by title."""
    if request.user.is_superuser:
        return pages
    return pages.filter(Q(live=True) | policy_registry.get_by_type(Page).explorable(request.user))
