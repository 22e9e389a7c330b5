"""Hooks: which workflow serves an object; nobody publishes by hand; the approval screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.urls import include, path
from wagtail import hooks

from . import bounce, stock, withdrawal_hooks  # noqa: F401 (register)
from .guards import refuse_deletion, refuse_in_bulk, refuse_move, refuse_publishing
from .locks import returned_message
from .menu import QueueMenuItem, in_words_of_the_clerk
from .models import ApprovalRoute

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Workflow


@hooks.register("choose_workflow")
def workflow_by_tiers(obj: Any) -> Workflow | None:
    """Return the workflow with as many tiers as the object needs."""
    route = ApprovalRoute.objects.select_related("workflow").filter(tiers=obj.tiers_required).first()
    return route.workflow if route and route.workflow.active else None


@hooks.register("register_admin_urls")
def approval_urls() -> list[Any]:
    """Mount the approval screens."""
    return [path("approval/", include("workflows.urls"))]


@hooks.register("register_admin_menu_item")
def queue_menu_item() -> QueueMenuItem:
    """Put the queue into the menu of those who review."""
    return QueueMenuItem()


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def submit_is_the_only_way(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer saving, submitting and taking back; publishing by hand to nobody, superusers included."""
    menu_items[:] = in_words_of_the_clerk(menu_items, request, context)


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def say_why_it_came_back(request: HttpRequest, subject: Any) -> None:
    """Put the reason of a return on top of the editor."""
    is_opened = request.method == "GET" and not request.GET.get("_w_hydrate_create_view")
    if is_opened and (message := returned_message(subject)):
        messages.warning(request, message)


hooks.register("before_publish_page", refuse_publishing)


@hooks.register("before_delete_page")
def refuse_to_delete_what_is_in_review(request: HttpRequest, page: Any) -> HttpResponse | None:
    """A draft in review is recalled or returned first."""
    return refuse_deletion(request, [page])


@hooks.register("before_delete_snippet")
def refuse_to_delete_snippets_in_review(request: HttpRequest, instances: Any) -> HttpResponse | None:
    """The same for service items."""
    return refuse_deletion(request, list(instances))


hooks.register("before_move_page", refuse_move)
hooks.register("before_bulk_action", refuse_in_bulk)
