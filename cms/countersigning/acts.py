"""Propose, confirm, refuse, withdraw: one transaction each, the old state checked first, each an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authority import grants
from accounts.models import Appointment, Duty, User
from accounts.policies import PORTAL_DEPTH
from ledger.events import record
from ledger.letters import Message, settle, write
from workflows.models import Proposal, ProposalState

from .rehearsal import NoLongerPossibleError, replay

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .watching import RowChange

CONFIRMING = (Duty.REVIEWER, Duty.ADMINISTRATOR)
SCREEN = "/admin/countersigning/"
SECRET = "csrfmiddlewaretoken"  # noqa: S105 (the name of a form's field)


class NotWaitingError(Exception):
    """Somebody decided meanwhile, or this person may not."""


def runs_the_portal(user: Any) -> bool:
    """Does this person answer for the portal: operator, its reviewers and administrators?"""
    at_portal = any(grant.page.depth == PORTAL_DEPTH and grant.duty in CONFIRMING for grant in grants(user))
    return bool(user.is_active and (user.is_superuser or at_portal))


def may_confirm(user: Any, proposal: Proposal) -> bool:
    """May this person be the second one?"""
    return runs_the_portal(user) and user.pk != proposal.proposed_by_id


@transaction.atomic
def propose(request: HttpRequest, changes: list[RowChange]) -> Proposal:
    """Keep what was posted until a second person decides; tell those who may."""
    more = _(" 等 %(count)d 项") % {"count": len(changes)} if len(changes) > 1 else ""
    proposal = Proposal.objects.create(
        proposed_by_id=request.user.pk,
        title=(changes[0].row + more)[:255],
        path=request.get_full_path()[:500],
        form={name: values for name, values in request.POST.lists() if name != SECRET},
        changes=[change.as_json() for change in changes],
    )
    record("countersigning.proposed", proposal, after=proposal.changes)
    subject = _("请复核：%(title)s") % {"title": proposal.title}
    body = _("%(person)s 提出的变更须由第二人复核后生效。") % {"person": request.user}
    write(
        _others(request.user),
        Message(
            "countersigning.proposed", subject, body, SCREEN, must_act=True, matter=f"countersigning:{proposal.pk}"
        ),
    )
    return proposal


def _others(author: Any) -> Any:
    held = Appointment.objects.in_force(timezone.localdate()).filter(
        organisation__depth=PORTAL_DEPTH, duty__in=CONFIRMING
    )
    return User.objects.filter(pk__in=held.values("user")).exclude(pk=author.pk)


def confirm(*, proposal_id: int, user: Any) -> Proposal:
    """Let it take effect. Raises NotWaitingError, or NoLongerPossibleError after marking it stale."""
    try:
        with transaction.atomic():
            proposal = _waiting(proposal_id, user)
            replay(proposal)
            return _settle(proposal, ProposalState.CONFIRMED, user)
    except NoLongerPossibleError:
        with transaction.atomic():
            _settle(_waiting(proposal_id, user), ProposalState.STALE, user)
        raise


@transaction.atomic
def refuse(*, proposal_id: int, user: Any, comment: str) -> Proposal:
    """Do not agree; whoever proposed it reads why."""
    return _settle(_waiting(proposal_id, user), ProposalState.REFUSED, user, comment)


@transaction.atomic
def withdraw(*, proposal_id: int, user: Any) -> Proposal:
    """Take back one's own."""
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal_id)
    if proposal.state != ProposalState.WAITING or proposal.proposed_by_id != user.pk:
        raise NotWaitingError
    return _settle(proposal, ProposalState.WITHDRAWN, user)


def _waiting(proposal_id: int, user: Any) -> Proposal:
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("proposed_by").get(pk=proposal_id)
    if proposal.state != ProposalState.WAITING or not may_confirm(user, proposal):
        raise NotWaitingError
    return proposal


def _settle(proposal: Proposal, state: str, user: Any, comment: str = "") -> Proposal:
    proposal.state, proposal.decided_by, proposal.decided_at = state, user, timezone.now()
    proposal.comment = comment[:500]
    proposal.save(update_fields=["state", "decided_by", "decided_at", "comment"])
    settle(f"countersigning:{proposal.pk}", by=user)
    record(f"countersigning.{state}", proposal, actor=user, after=proposal.changes, comment=proposal.comment)
    if proposal.proposed_by is not None and proposal.proposed_by_id != user.pk:
        names = {"title": proposal.title, "state": proposal.get_state_display()}
        subject = _("变更%(state)s：%(title)s") % names
        write([proposal.proposed_by], Message(f"countersigning.{state}", subject, comment, SCREEN))
    return proposal
