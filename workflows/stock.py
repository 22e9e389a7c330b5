"""Wagtail's own screens of decision: closed, for they ask for no coded reason and check no content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder

from .decisions import may_recall

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

CANCEL = "action-cancel-workflow"


def to_our_screen(request: HttpRequest, task_state_id: int, **kwargs: Any) -> HttpResponse:
    """Lead to the approval screen, which asks whether this person may."""
    return HttpResponseRedirect(reverse("approval:item", args=[task_state_id]))


def closed_patterns() -> list[str]:
    """Return the addresses, below /admin/, that resolve before Wagtail's own; `reverse` finds the same ones."""
    pages = "pages/workflow/{}/<int:page_id>/<slug:action_name>/<int:task_state_id>/"
    snippets = "snippets/<slug:app>/<slug:model>/workflow/{}/<str:pk>/<slug:action_name>/<int:task_state_id>/"
    return [pattern.format(name) for pattern in (pages, snippets) for name in ("action", "collect_action_data")]


@hooks.register("before_edit_page", order=-5)
@hooks.register("before_edit_snippet", order=-5)
def only_the_submitter_recalls(request: HttpRequest, subject: Any) -> HttpResponse | None:
    """Refuse to cancel from the editor whoever may not recall: an approver returns, with a reason."""
    state = getattr(subject, "current_workflow_state", None)
    if request.method != "POST" or CANCEL not in request.POST or state is None or may_recall(state, request.user):
        return None
    messages.error(request, _("只有提交人可以撤回；审核员请在审核页退回并写明原因。"))
    return HttpResponseRedirect(AdminURLFinder(request.user).get_edit_url(subject) or reverse("wagtailadmin_home"))
