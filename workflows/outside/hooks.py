"""Hooks of what is shown outside; imported by cms.wagtail_hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component

from .links import comments_on_draft, is_draft, may_show_outside

if TYPE_CHECKING:
    from django.http import HttpRequest


class OutsideButton(Component):
    """A link in the bar of buttons, for pages and snippets alike."""

    order = 45
    name = "action-outside"
    template_name = "wagtailadmin/shared/action_menu/menu_item.html"

    def __init__(self, revision_id: int) -> None:
        self.url = reverse("approval:outside", args=[revision_id])

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return what Wagtail's template of a button reads."""
        return {
            "label": _("对外征求意见"), "url": self.url, "name": self.name, "icon_name": "link-external",
            "classname": "",
        }  # fmt: skip


@hooks.register("construct_page_action_menu", order=10)
@hooks.register("construct_snippet_action_menu", order=10)
def offer_to_show_outside(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer it for a draft, to whoever may."""
    subject = context.get("page") or context.get("instance")
    latest = getattr(subject, "latest_revision", None) if subject is not None and subject.pk else None
    if latest is None or not hasattr(subject, "responsible_organisation"):
        return
    if menu_items and is_draft(latest, subject) and may_show_outside(request.user, subject):
        menu_items.append(OutsideButton(latest.pk))


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def say_what_was_said(request: HttpRequest, subject: Any) -> None:
    """Tell the editor of comments on what is not public yet."""
    latest = getattr(subject, "latest_revision", None)
    if request.method != "GET" or "_w_hydrate_create_view" in request.GET or latest is None:
        return
    if is_draft(latest, subject) and (count := comments_on_draft(subject).count()):
        words = ngettext("收到 %(n)d 条外部意见。", "收到 %(n)d 条外部意见。", count) % {"n": count}
        url = reverse("approval:outside", args=[latest.pk])
        messages.info(request, words, buttons=[messages.button(url, _("查看"))])
