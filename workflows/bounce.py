"""What was sent for review and came back from the screening at once: no word of success, and back to the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import WorkflowState

from .models import ScreeningTaskState

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def back_to_the_editor(request: HttpRequest, subject: Any) -> HttpResponse | None:
    """Take back Wagtail's “submitted”; the editor shows the findings on top (see `locks.returned_message`)."""
    if "action-submit" not in request.POST or not came_back(subject):
        return None
    # Reading them takes them from the list.
    list(messages.get_messages(request))
    address = AdminURLFinder(request.user).get_edit_url(subject)
    return HttpResponseRedirect(address) if address else None


def came_back(subject: Any) -> bool:
    """Was this just refused by the screening?"""
    state = getattr(subject, "current_workflow_state", None)
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES or state.current_task_state is None:
        return False
    return isinstance(state.current_task_state.specific, ScreeningTaskState)
