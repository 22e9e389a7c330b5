"""Hooks of the sheet; imported by cms.wagtail_hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from .content import may_see

if TYPE_CHECKING:
    from collections.abc import Iterator


@hooks.register("register_page_header_buttons")
def sheet_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Offer the sheet of the last approval of a page."""
    state = page.workflow_states.order_by("-pk").first()
    if state is not None and may_see(state, user):
        yield Button(_("发布审核表"), reverse("approval:sheet", args=[state.pk]), icon_name="doc-full", priority=74)
