"""Hooks of countersigning; imported by cms.wagtail_hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from workflows.models import Proposal, ProposalState

from .acts import runs_the_portal

if TYPE_CHECKING:
    from django.http import HttpRequest


class ProposalsMenuItem(MenuItem):
    """变更复核, with the number that waits for this person."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whoever answers for the portal."""
        return runs_the_portal(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Say how many wait."""
        waiting = Proposal.objects.filter(state=ProposalState.WAITING)
        count = waiting.exclude(proposed_by=request.user.pk).count()
        label = _("变更复核（%(count)d）") % {"count": count} if count else str(self.label)
        return LinkMenuItem(self.name, label, str(self.url), icon_name=self.icon_name)


@hooks.register("register_admin_urls")
def countersigning_urls() -> list[Any]:
    """Mount the screens."""
    return [path("countersigning/", include("cms.countersigning.urls"))]


@hooks.register("register_admin_menu_item")
def proposals_menu_item() -> ProposalsMenuItem:
    """Put the proposals into the menu."""
    return ProposalsMenuItem(
        gettext_lazy("变更复核"),
        reverse_lazy("countersigning:list"),
        name="countersigning",
        icon_name="check",
        order=260,
    )
