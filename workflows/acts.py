"""Write what happens to a tier before it is decided, and lead it to another organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledger.events import record

from .limits import start_clock
from .matters import subject_of
from .models import ApprovalLimits, TierAct, Told
from .notices import tell_new_approvers

if TYPE_CHECKING:
    from wagtail.models import Page

    from .models import ActKind, TieredTaskState

TEXT_LENGTH = 500


@dataclass(frozen=True)
class Act:
    """One act: by whom (None: by itself), and the reason or a sentence."""

    kind: ActKind
    person: Any = None
    text: str = ""


def note(state: TieredTaskState, act: Act, before: Page | None = None, after: Page | None = None) -> None:
    """Write an act to the trail and the ledger, in the caller's transaction."""
    TierAct.objects.create(
        state=state,
        kind=act.kind,
        person=act.person,
        from_organisation_id=before.pk if before else None,
        to_organisation_id=after.pk if after else None,
        text=act.text[:TEXT_LENGTH],
    )
    record(
        f"approval.{act.kind.value}",
        subject_of(state),
        actor=act.person,
        before={"approver": before.title} if before else None,
        after={"approver": after.title} if after else None,
        tier=state.tier,
        text=act.text,
    )


def hand_over(state: TieredTaskState, to: Page, act: Act) -> None:
    """Let another organisation decide, with the whole limit of the tier; its reviewers are told.

    Whoever had it keeps read access by the act. The caller holds the lock.
    """
    before = state.approver
    state.approver_id = to.pk
    state.claimed_by = state.claimed_until = state.held_since = state.held_until = None
    state.told = Told.NOTHING
    start_clock(state, ApprovalLimits.current().days(state.tier))
    state.save()
    note(state, act, before, to)
    tell_new_approvers(state, act)
