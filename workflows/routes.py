"""Who approves: resolved from the tree when a tier starts, never configured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from wagtail.models import TaskState

from accounts.authority import holders
from accounts.models import Duty

from .authors import authors_since_approval

if TYPE_CHECKING:
    from wagtail.models import Page


@dataclass(frozen=True)
class Route:
    """The organisation that decides a tier; None when the tier is skipped. `note` says why in a sentence."""

    approver: Page | None
    note: str = ""


def candidates(organisation: Any, tier: int) -> list[Any]:
    """Return the organisations that may decide a tier, the nearest first, up to the portal.

    Tier 1 starts at the object's own organisation, tier 2 at its superior, tier 3 at the head of its chain.
    """
    chain = list(reversed(organisation.chain))
    if tier == 1:
        return chain
    if tier == 2:
        return chain[1:] or chain
    head = organisation.head_of_chain
    return [each for each in chain if each.depth <= head.depth]


def resolve(workflow_state: Any, tier: int) -> Route:
    """Find who decides this tier.

    No reviewer there (other than the authors) → the next organisation upward that has one. Skipped only when that
    organisation has already approved. Nobody anywhere → it waits at the top of the chain until somebody is appointed.
    """
    submitted = workflow_state.content_object
    # A workflow state points at the base Page; what can be approved is the specific one. Snippets are specific.
    obj = getattr(submitted, "specific", submitted)
    organisation = obj.responsible_organisation
    if organisation is None:
        raise ValueError(f"{obj!r} belongs to no organisation")
    authors = authors_since_approval(obj, workflow_state)
    nearest_first = candidates(organisation.specific, tier)
    approver = next((each for each in nearest_first if holders(each, [Duty.REVIEWER]) - authors), None)
    if approver is None:
        top = nearest_first[-1]
        return Route(top, _("链条上尚无可审核的人员，等待“%(name)s”任命审核员。") % {"name": top.title})
    if approver.pk in _approved_by(workflow_state):
        return Route(None, _("“%(name)s”已审核，本级从略。") % {"name": approver.title})
    if approver.pk != nearest_first[0].pk:
        names = {"own": nearest_first[0].title, "name": approver.title}
        return Route(approver, _("“%(own)s”无可审核的人员，由上级“%(name)s”审核。") % names)
    return Route(approver)


def _approved_by(workflow_state: Any) -> set[int]:
    """Return who approved the text as it is now; what was approved before a return does not count."""
    latest = workflow_state.content_object.get_latest_revision()
    states = workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED, revision=latest)
    return set(states.values_list("tieredtaskstate__approver", flat=True)) - {None}
