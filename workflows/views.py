"""The approval screens: one item, taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import TaskState, WorkflowState

from accounts.authority import holders
from accounts.models import Duty
from accounts.responsibility import answering_for
from ledger.events import record
from ledger.models import Result

from .afterwards import outcome
from .authors import authors_since_approval
from .confirmations import needed
from .decisions import (
    APPROVE,
    RELATED,
    ClaimedError,
    NotDecidableError,
    NotRecallableError,
    at_hand,
    decide,
    may_decide,
    may_read,
    may_recall,
    recall,
    subject_of,
)
from .forms import DecisionForm
from .item_acts import ACTS, STAYING, HandlingForm, perform
from .models import TieredTaskState
from .queue_views import QueueMixin
from .screen import item_context

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase


class ItemView(QueueMixin, TemplateView):
    """One item: content, difference, trail, decision."""

    template_name = "workflows/item.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in only who may decide; a reviewer who comes late or wrote the text is told so."""
        self.state = self._state()
        self.read_only = False
        self.form: DecisionForm | None = None
        self.handling: HandlingForm | None = None
        # A decision asks when it has taken the lock, once.
        if request.method == "POST" and request.POST.get("action") not in ACTS:
            return super().dispatch(request, *args, **kwargs)
        self.read_only = not may_decide(at_hand(self.state), request.user)
        if self.read_only and not (request.method == "GET" and may_read(self.state, request.user)):
            return self._turn_away()
        return super().dispatch(request, *args, **kwargs)

    def _state(self) -> TieredTaskState:
        return get_object_or_404(TieredTaskState.objects.select_related(*RELATED), pk=self.kwargs["state_id"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide, and open the next item."""
        if request.POST.get("action") in ACTS:
            return self._handle(**kwargs)
        self.form = DecisionForm(request.POST, ticks=needed(self.state))
        if not self.form.is_valid():
            return self._shown_again(**kwargs)
        following = self._next_address()
        cleaned = self.form.cleaned_data
        try:
            state = decide(state_id=self.state.pk, user=request.user, **cleaned)
        except ClaimedError as error:
            self.form.add_error(None, _("%(person)s正在办理这件；如需由您决定，请先接手。") % {"person": error.person})
            return self._shown_again(**kwargs)
        except NotDecidableError:
            return self._turn_away()
        except ValidationError as error:
            # The page no longer fits its place or its entry; the whole decision was rolled back.
            self.form.add_error(None, [_("未能公开，决定没有生效："), *error.messages])
            return self._shown_again(**kwargs)
        messages.success(request, _said(state, cleaned["action"]))
        return HttpResponseRedirect(following)

    def _handle(self, **kwargs: Any) -> HttpResponse:
        """Claim, transfer, hold or resume; then the same item or the next one."""
        self.handling = form = HandlingForm(self.request.POST, state=self.state, user=self.request.user)
        if not form.is_valid():
            return self._shown_again(**kwargs)
        stays = form.cleaned_data["action"] in STAYING
        following = self.request.get_full_path() if stays else self._next_address()
        try:
            messages.success(self.request, perform(self.state, self.request.user, form.cleaned_data))
        except ClaimedError as error:
            form.add_error(None, _("%(person)s正在办理这件；如需由您决定，请先接手。") % {"person": error.person})
        except NotDecidableError:
            return self._turn_away()
        except ValidationError as error:
            form.add_error(None, error)
        return self._shown_again(**kwargs) if form.errors else HttpResponseRedirect(following)

    def _shown_again(self, **kwargs: Any) -> HttpResponse:
        """Show it with what was wrong, to nobody but whoever may decide on it."""
        self.state = self._state()
        if not may_decide(at_hand(self.state), self.request.user):
            return self._turn_away()
        return self.render_to_response(self.get_context_data(**kwargs), status=422)

    def get_page_title(self) -> str:
        """Title the screen with what is decided on."""
        return str(self.state.revision.object_str)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the queue."""
        queue = {"url": reverse("approval:queue") + self.parameters, "label": _("待我审核")}
        return [*self.breadcrumbs_items, queue, {"url": "", "label": _("审核")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the item and its place in the queue."""
        return super().get_context_data(
            **kwargs,
            **item_context(self.state, self.request, decides=not self.read_only),
            form=self.form or DecisionForm(ticks=needed(self.state)),
            handling=self.handling or HandlingForm(state=self.state, user=self.request.user),
            claimant=self.state.claimant(timezone.now()),
            is_overdue=self.state.is_overdue(timezone.now()),
            read_only=self.read_only,
            address=self.request.get_full_path(),
            standing=self.standing(self.state.pk),
            parameters=self.parameters,
        )

    def _next_address(self) -> str:
        """Return the item after this one, else the one before, else the queue."""
        following = self.standing(self.state.pk).following
        if following is None:
            return reverse("approval:queue")
        return reverse("approval:item", args=[following]) + self.parameters

    def _turn_away(self) -> HttpResponse:
        """Tell the organisation's reviewers why; to everybody else the item does not exist."""
        if self.request.method == "POST":
            record("approval.refused", subject_of(self.state), result=Result.REFUSED)
        state = TieredTaskState.objects.select_related("approver", "finished_by").get(pk=self.state.pk)
        organisation = state.approver
        if organisation is None or self.request.user.pk not in holders(organisation, [Duty.REVIEWER]):
            raise Http404
        title = {"title": self.state.revision.object_str, "person": state.finished_by or ""}
        if state.status == TaskState.STATUS_IN_PROGRESS:
            messages.warning(self.request, self._why_not(state) % title)
        elif state.finished_by:
            messages.info(self.request, _("《%(title)s》已由%(person)s处理。") % title)
        else:
            messages.info(self.request, _("《%(title)s》已不在审核中。") % title)
        return HttpResponseRedirect(reverse("approval:queue"))

    def _why_not(self, state: TieredTaskState) -> str:
        if self.request.user.pk in authors_since_approval(subject_of(state), state.workflow_state):
            return _("您提交或编辑过《%(title)s》，或上传了其中的文件，须由他人审核。")
        return _("您在前一级批准过《%(title)s》，这一级须由他人审核。")


def _said(state: TieredTaskState, action: str) -> str:
    """Say what a decision has done."""
    workflow_state, title = state.workflow_state, state.revision.object_str
    if action != APPROVE:
        return _("《%(title)s》已退回修改。") % {"title": title}
    if workflow_state.status == WorkflowState.STATUS_APPROVED:
        return outcome(state)
    waiting = workflow_state.current_task_state.specific
    names = {"title": title, "name": waiting.approver.title if waiting.approver else ""}
    return _("《%(title)s》已批准，送“%(name)s”审核。") % names


class RecallView(WagtailAdminTemplateMixin, TemplateView):
    """The submitter takes back what is in review."""

    template_name = "workflows/recall.html"
    page_title = gettext_lazy("撤回修改")
    header_icon = "rotate"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in only the submitter, while it is in review."""
        self.workflow_state = get_object_or_404(WorkflowState, pk=kwargs["workflow_state_id"])
        if answering_for(self.workflow_state) != request.user.pk:
            raise Http404
        self.subject = subject_of(self.workflow_state)
        self.address = AdminURLFinder(request.user).get_edit_url(self.subject) or reverse("wagtailadmin_home")
        if not may_recall(self.workflow_state, request.user):
            return self._too_late()
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it back and open the editor."""
        try:
            recall(workflow_state_id=self.workflow_state.pk, user=request.user)
        except NotRecallableError:
            return self._too_late()
        messages.success(request, _("已撤回，可以继续修改；改好后请再次提交。"))
        return HttpResponseRedirect(self.address)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the editor."""
        editor = {"url": self.address, "label": str(self.subject)}
        return [*self.breadcrumbs_items, editor, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what is taken back, and where it stands."""
        state = self.workflow_state.current_task_state.specific
        return super().get_context_data(**kwargs, subject=self.subject, state=state, address=self.address)

    def _too_late(self) -> HttpResponse:
        messages.info(self.request, _("这件已不在审核中，不能撤回。"))
        return HttpResponseRedirect(self.address)
