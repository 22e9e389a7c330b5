"""Hooks: which workflow serves an object; nobody publishes by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail import hooks

from .models import ApprovalRoute

if TYPE_CHECKING:
    from wagtail.models import Workflow

BY_HAND = {"action-publish", "action-unpublish", "action-lock", "action-unlock"}


@hooks.register("choose_workflow")
def workflow_by_tiers(obj: Any) -> Workflow | None:
    """Return the workflow with as many tiers as the object needs."""
    route = ApprovalRoute.objects.select_related("workflow").filter(tiers=obj.approval_tiers).first()
    return route.workflow if route and route.workflow.active else None


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def submit_is_the_only_way(menu_items: list[Any], request: Any, context: dict[str, Any]) -> None:
    """Take publishing by hand out of the menu, for superusers too."""
    menu_items[:] = [item for item in menu_items if item.name not in BY_HAND]
