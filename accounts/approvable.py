"""What can be approved: anything that has a responsible organisation and a number of approval tiers.

Pages and service items share this mixin; which workflow serves it is answered by the hook `choose_workflow`, so that
neither knows the room of the workflows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import hooks

if TYPE_CHECKING:
    from wagtail.models import Page, Workflow, WorkflowState

MAX_TIERS = 3


class ApprovableMixin:
    """The workflow follows from the number of tiers; nothing is configured page by page."""

    pk: Any
    # Tiers for what no catalogue entry rules: own organisation and superior.
    default_approval_tiers = 2

    @property
    def responsible_organisation(self) -> Page | None:
        """Return the organisation that answers for this object, as its source-language page."""
        raise NotImplementedError

    @property
    def approval_tiers(self) -> int:
        """Return how many tiers must approve before publication: 1 to 3."""
        return self.default_approval_tiers

    @property
    def tiers_afterwards(self) -> list[int]:
        """Return the tiers that review after publication: those that something due at once does not wait for."""
        return []

    @property
    def withdrawing_office(self) -> Page | None:
        """Return the superior that took it back from the public: it returns by the word of that office, or above."""
        withdrawal = getattr(self, "withdrawal", None) if self.pk else None
        office: Page | None = withdrawal.withdrawn_by if withdrawal is not None else None
        own = self.responsible_organisation
        return office if office is not None and own is not None and office.pk != own.pk else None

    @property
    def tiers_to_return(self) -> int:
        """Return as many tiers as reach the office that withdrew it; the last of them is decided there or above."""
        office, own = self.withdrawing_office, self.responsible_organisation
        if office is None or own is None:
            return 1
        head: Page = own.specific.head_of_chain
        return MAX_TIERS if office.depth <= head.depth else MAX_TIERS - 1

    @property
    def tiers_required(self) -> int:
        """Return the tiers of this draft: all of them where its author asks for an exception of the screening."""
        said = (getattr(self, "screening_answers", None) or {}).values()
        if any(each.get("answer") == "exception" for each in said):
            return MAX_TIERS
        return max(self.approval_tiers, self.tiers_to_return)

    @property
    def has_workflow(self) -> bool:
        """Every approvable object has a workflow."""
        return self.get_workflow() is not None

    def get_workflow(self) -> Workflow | None:
        """Return the workflow with as many tiers as this object needs."""
        for choose in hooks.get_hooks("choose_workflow"):
            workflow: Workflow | None = choose(self)
            if workflow:
                return workflow
        stock: Any = super()
        found: Workflow | None = stock.get_workflow()
        return found

    def screen(self) -> Any:
        """Return what the automatic check finds in this draft (`rules.screening.Screening`); asked by the workflow."""
        raise NotImplementedError

    @property
    def screening_effort(self) -> int:
        """Return how much there is to read, in characters: what takes long is read in the background."""
        return 0

    def submit_for_approval(self, user: Any) -> WorkflowState:
        """Submit the latest draft to its reviewers. Raises ValidationError when the operator stopped the workflow."""
        workflow = self.get_workflow()
        if workflow is None:
            raise ValidationError(_("审核流程已停用，暂时不能提交，请联系平台管理员。"))
        return workflow.start(self, user)
