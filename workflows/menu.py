"""The queue in the menu, and the buttons below the editor in the clerk's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from .decisions import may_recall
from .queue import reviews, waiting_for

if TYPE_CHECKING:
    from django.http import HttpRequest

# Publishing is the finishing action's, locking the review's; cancelling and restarting are said by recall and submit.
NOT_BY_HAND = {
    "action-publish",
    "action-unpublish",
    "action-lock",
    "action-unlock",
    "action-cancel-workflow",
    "action-restart-workflow",
}


class QueueMenuItem(MenuItem):
    """待我审核, with the number that waits."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("待我审核"), reverse_lazy("approval:queue"), name="approval", icon_name="tasks", order=50
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to reviewers."""
        return reviews(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Say how many wait."""
        count = waiting_for(request.user).count()
        label = _("待我审核（%(count)d）") % {"count": count} if count else str(self.label)
        return LinkMenuItem(self.name, label, str(self.url), icon_name=self.icon_name)


def in_words_of_the_clerk(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> list[Any]:
    """Return the buttons that remain; in review the submitter gets one to take it back."""
    kept = [item for item in items if item.name not in NOT_BY_HAND]
    subject = context.get("page") or context.get("instance")
    # Industries and catalogue entries have no workflow.
    state = getattr(subject, "current_workflow_state", None) if subject is not None and subject.pk else None
    if state is not None and may_recall(state, request.user):
        kept.insert(0, RecallButton(state.pk))
    return kept


class RecallButton(Component):
    """A link in the bar of buttons, for pages and snippets alike."""

    order = 40
    name = "action-recall"
    template_name = "wagtailadmin/shared/action_menu/menu_item.html"

    def __init__(self, workflow_state_id: int) -> None:
        self.url = reverse("approval:recall", args=[workflow_state_id])

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return what Wagtail's template of a button reads."""
        return {"label": _("撤回修改"), "url": self.url, "name": self.name, "icon_name": "rotate", "classname": ""}
