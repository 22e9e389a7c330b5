"""What our overrides of Wagtail's admin templates need."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

register = template.Library()

# Nobody publishes or withdraws by a button in a list, and collections carry no rights here.
NEVER = {"publish", "unpublish", "add_to_collection"}
# Moving changes the chain of superiors: an operator's act.
OPERATORS_ONLY = {"move"}


@register.inclusion_tag("desk/bulk_actions.html", takes_context=True)
def bulk_actions(context: dict[str, Any], app_label: str, model_name: str) -> dict[str, Any]:
    """Return what can be done with many rows at once, without what this person may not do anyway."""
    hidden = NEVER if context["request"].user.is_superuser else NEVER | OPERATORS_ONLY
    found = bulk_action_registry.get_bulk_actions_for_model(app_label, model_name)
    offered = [action for action in found if action.action_type not in hidden]
    offered.sort(key=lambda action: action.action_priority)
    return {
        "actions": [
            {
                "label": action.display_name,
                "aria_label": action.aria_label,
                "classname": " ".join(sorted(action.classes)),
                "url": reverse("wagtail_bulk_action", args=[app_label, model_name, action.action_type]),
            }
            for action in offered
        ]
    }
