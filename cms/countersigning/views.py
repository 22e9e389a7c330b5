"""The proposals, and one of them with what it would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from workflows.models import Proposal, ProposalState

from .acts import NotWaitingError, confirm, may_confirm, refuse, runs_the_portal, withdraw
from .rehearsal import NoLongerPossibleError

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

PER_PAGE = 25


class _PortalView(WagtailAdminTemplateMixin, TemplateView):
    page_title = gettext_lazy("变更复核")
    header_icon = "check"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in whoever answers for the portal."""
        if not runs_the_portal(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ProposalsView(_PortalView):
    """What waits first, then what was decided, the latest first."""

    template_name = "countersigning/list.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what waits, and one page of the rest."""
        proposals = Proposal.objects.select_related("proposed_by", "decided_by")
        decided = proposals.exclude(state=ProposalState.WAITING).order_by("-decided_at", "-pk")
        page = Paginator(decided, PER_PAGE).get_page(self.request.GET.get("page"))
        waiting = proposals.filter(state=ProposalState.WAITING).order_by("proposed_at", "pk")
        return super().get_context_data(**kwargs, waiting=waiting, page=page)


class ProposalView(_PortalView):
    """One proposal: before and after, and the decision of the second person."""

    template_name = "countersigning/proposal.html"

    def get_page_title(self) -> str:
        """Title the screen with what is to be changed."""
        return str(self.proposal)

    @property
    def proposal(self) -> Proposal:
        """Return the proposal of the address."""
        proposals = Proposal.objects.select_related("proposed_by", "decided_by")
        found: Proposal = get_object_or_404(proposals, pk=self.kwargs["pk"])
        return found

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the list."""
        listed = {"url": reverse("countersigning:list"), "label": self.page_title}
        return [*self.breadcrumbs_items, listed, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the proposal and what this person may do."""
        proposal = self.proposal
        waits = proposal.state == ProposalState.WAITING
        return super().get_context_data(
            **kwargs,
            proposal=proposal,
            may_confirm=waits and may_confirm(self.request.user, proposal),
            is_own=waits and proposal.proposed_by_id == self.request.user.pk,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Confirm, refuse or withdraw."""
        act, comment = request.POST.get("act", ""), request.POST.get("comment", "").replace("\x00", "").strip()
        if act == "refuse" and not comment:
            return self.render_to_response(self.get_context_data(error=_("不同意时请写明理由。")), status=422)
        try:
            self._decide(act, comment)
        except NotWaitingError:
            messages.warning(request, _("这项变更已由他人处理，或须由提出人之外的人复核。"))
        except NoLongerPossibleError:
            messages.error(request, _("提出之后数据已有变动，这项变更不再适用，请重新提出。"))
        return redirect("countersigning:list")

    def _decide(self, act: str, comment: str) -> None:
        user, proposal_id = self.request.user, self.proposal.pk
        if act == "confirm":
            messages.success(self.request, _("%s的变更已生效。") % confirm(proposal_id=proposal_id, user=user))
        elif act == "refuse":
            refuse(proposal_id=proposal_id, user=user, comment=comment)
            messages.success(self.request, _("已记为不同意，并告知提出人。"))
        elif act == "withdraw":
            withdraw(proposal_id=proposal_id, user=user)
            messages.success(self.request, _("已撤回。"))
        else:
            raise NotWaitingError
