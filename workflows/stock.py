"""Wagtail's own screens of decision: closed, for they ask for no coded reason and check no content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder

from .decisions import NotRecallableError, may_recall, recall

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

CANCEL, SUBMIT = "action-cancel-workflow", "action-submit"


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
    """Cancel from the editor as on the screen of taking back; an approver returns, with a reason."""
    state = getattr(subject, "current_workflow_state", None)
    if request.method != "POST" or CANCEL not in request.POST or state is None:
        return None
    if not may_recall(state, request.user):
        messages.error(request, _("只有提交人可以撤回；审核员请在审核页退回并写明原因。"))
        return _to_the_editor(request, subject)
    try:
        recall(workflow_state_id=state.pk, user=request.user)
    except NotRecallableError:
        messages.info(request, _("这件已不在审核中，不能撤回。"))
    else:
        messages.success(request, _("已撤回，可以继续修改；改好后请再次提交。"))
    return _to_the_editor(request, subject)


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def say_that_it_was_submitted(request: HttpRequest, subject: Any) -> None:
    """Tell whoever submits what is in review since a moment; Wagtail only says that it is locked."""
    is_late = request.method == "POST" and SUBMIT in request.POST and getattr(subject, "workflow_in_progress", False)
    if is_late:
        messages.warning(request, _("《%(title)s》刚才已经提交，正在审核中，没有重复提交。") % {"title": subject})


def _to_the_editor(request: HttpRequest, subject: Any) -> HttpResponse:
    return HttpResponseRedirect(AdminURLFinder(request.user).get_edit_url(subject) or reverse("wagtailadmin_home"))
