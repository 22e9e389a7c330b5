"""A bundle on one screen: its members, what each changes, where each stands; approved, returned, taken back as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import TaskState

from accounts.authority import governs
from accounts.models import Duty

from .bundles import (
    decide_bundle,
    may_recall_bundle,
    members_of,
    recall_bundle,
    resubmit_bundle,
    ticks_of,
    waiting_for_person,
)
from .decisions import Decision, NotDecidableError, NotRecallableError
from .forms import DecisionForm
from .models import Bundle, BundleMember, BundleState, TieredTaskState
from .queue import organisations_at, with_places
from .summary import Summary, summaries

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

WRITING = [Duty.EDITOR, Duty.ADMINISTRATOR]


@dataclass(frozen=True)
class Row:
    """One member: where it stands in words, and, while it waits for this person, its state."""

    member: BundleMember
    standing: str
    organisation: str
    summary: Summary | None
    is_mine: bool
    state: TieredTaskState | None


class BundleView(WagtailAdminTemplateMixin, TemplateView):
    """For those who decide, and those who write for the organisation."""

    template_name = "workflows/bundle.html"
    header_icon = "folder-open-1"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who may decide on any of it, and who writes for the organisation; for others it does not exist."""
        self.bundle = get_object_or_404(Bundle.objects.select_related("organisation"), pk=kwargs["pk"])
        is_open = self.bundle.state == BundleState.IN_REVIEW
        self.mine = waiting_for_person(self.bundle, request.user) if is_open else []
        self.writes = governs(request.user, self.bundle.organisation, WRITING)
        self.form: DecisionForm | None = None
        if not self.mine and not self.writes:
            return self._turn_away()
        return super().dispatch(request, *args, **kwargs)

    def _turn_away(self) -> HttpResponse:
        """Tell who has just decided, or came late, what became of it."""
        acted = TieredTaskState.objects.filter(workflow_state__bundle_member__bundle=self.bundle)
        if not acted.filter(finished_by=self.request.user.pk).exists():
            raise Http404
        messages.info(self.request, _("批次“%(title)s”现在不等您审核。") % {"title": self.bundle.title})
        return HttpResponseRedirect(reverse("approval:queue"))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide, take back or submit again."""
        acts: dict[str, Callable[[], HttpResponse]] = {"recall": self._recall, "resubmit": self._resubmit}
        act = acts.get(request.POST.get("action", ""))
        return act() if act is not None else self._decide()

    def _decide(self) -> HttpResponse:
        if not self.mine:
            raise Http404
        self.form = DecisionForm(self.request.POST, ticks=ticks_of(self.mine))
        if not self.form.is_valid():
            return self._shown_again()
        shown = {int(key) for key in self.request.POST.getlist("shown") if key.isdecimal() and len(key) < 19}
        try:
            decision = Decision(**self.form.cleaned_data)
            done = decide_bundle(bundle_id=self.bundle.pk, user=self.request.user, shown=shown, decision=decision)
        except NotDecidableError:
            self.form.add_error(None, _("已由他人处理，或有同事正在办理其中的一件。"))
            return self._shown_again()
        except ValidationError as error:
            self.form.add_error(None, [_("决定没有生效，各件都没有公开："), *error.messages])
            return self._shown_again()
        messages.success(self.request, self._outcome(done))
        return HttpResponseRedirect(reverse("approval:queue"))

    def _outcome(self, bundle: Bundle) -> str:
        words = {
            BundleState.PUBLISHED: _("批次“%(title)s”已批准，各件已一起公开。"),
            BundleState.RETURNED: _("批次“%(title)s”已整批退回。"),
        }
        default = _("批次“%(title)s”中等您审核的各件已批准；全部通过后一起公开。")
        return words.get(BundleState(bundle.state), default) % {"title": bundle.title}

    def _recall(self) -> HttpResponse:
        try:
            recall_bundle(bundle_id=self.bundle.pk, user=self.request.user)
        except NotRecallableError:
            messages.info(self.request, _("这个批次已不在审核中，或不是您提交的，不能撤回。"))
        else:
            messages.success(self.request, _("已整批撤回，各件可以继续修改；改好后可以再次成批提交。"))
        return HttpResponseRedirect(self.request.path)

    def _resubmit(self) -> HttpResponse:
        if not self.writes:
            raise Http404
        try:
            resubmit_bundle(bundle_id=self.bundle.pk, user=self.request.user)
        except ValidationError as error:
            for message in error.messages:
                messages.error(self.request, message)
        else:
            messages.success(self.request, _("批次已再次提交审核。"))
        return HttpResponseRedirect(self.request.path)

    def _shown_again(self) -> HttpResponse:
        return self.render_to_response(self.get_context_data(), status=422)

    def get_page_title(self) -> str:
        """Name the bundle."""
        return _("批次：%(title)s") % {"title": self.bundle.title}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the queue."""
        queue = {"url": reverse("approval:queue"), "label": _("待我审核")}
        return [*self.breadcrumbs_items, queue, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the members, and what this person may do."""
        is_open = self.bundle.state == BundleState.IN_REVIEW
        return super().get_context_data(
            **kwargs,
            bundle=self.bundle,
            rows=self._rows(),
            mine=self.mine,
            form=self.form or DecisionForm(ticks=ticks_of(self.mine)),
            may_recall=is_open and may_recall_bundle(self.bundle, self.request.user),
            may_resubmit=self.writes and self.bundle.state in (BundleState.RETURNED, BundleState.RECALLED),
        )

    def _rows(self) -> list[Row]:
        members = members_of(self.bundle)
        mine = {state.workflow_state_id: state for state in self.mine}
        said = summaries(mine.values())
        places = _places(members)
        organisations = organisations_at(set(places.values()))
        return [
            Row(
                member=member,
                standing=_standing(member, self.bundle),
                organisation=getattr(organisations.get(places.get(member.pk, "")), "title", ""),
                summary=said.get(mine[member.workflow_state_id].pk) if member.workflow_state_id in mine else None,
                is_mine=member.workflow_state_id in mine,
                state=mine.get(member.workflow_state_id),
            )
            for member in members
        ]


def _places(members: list[BundleMember]) -> dict[int, str]:
    """Return where in the tree each member belongs. One query."""
    current = {member.workflow_state.current_task_state_id: member.pk for member in members}
    states = with_places(TaskState.objects.filter(pk__in=current)).values_list("pk", "place")
    return {current[state]: place for state, place in states}


def _standing(member: BundleMember, bundle: Bundle) -> str:
    if bundle.state != BundleState.IN_REVIEW:
        return str(bundle.get_state_display())
    if member.is_ready:
        return _("已通过全部审核，等其他各件")
    current = member.workflow_state.current_task_state
    state = getattr(current, "tieredtaskstate", None)
    if state is None or current.status != TaskState.STATUS_IN_PROGRESS:
        return _("信息审查中")
    return _("等待“%(name)s”审核") % {"name": state.approver.title if state.approver else ""}
