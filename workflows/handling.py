"""What is done with a tier before it is decided: claim, hand to a colleague, transfer upward, hold, resume.

Each is one transaction, asks the old state first, is written to the trail and the ledger, and tells whom it concerns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from snippets.workdays import workday_calendar

from .acts import Act, hand_over, note
from .decisions import NotDecidableError, locked, may_decide, refuse_what_others_are_on
from .limits import count_from, remaining, start_clock
from .matters import subject_of
from .models import ActKind, ApprovalLimits, Told
from .notices import tell_assigned
from .routes import able_at

if TYPE_CHECKING:
    from datetime import date

    from wagtail.models import Page

    from .models import TieredTaskState

HOLD_LIMIT = timedelta(days=60)


def _open(state_id: int, user: Any) -> TieredTaskState:
    """Lock a state that this person may decide. Raises NotDecidableError."""
    state = locked(state_id)
    if not may_decide(state, user):
        raise NotDecidableError
    return state


def _require(text: str) -> None:
    if not text.strip():
        raise ValidationError(_("请写明原因，轨迹中会如实记录。"))


@transaction.atomic
def claim(*, state_id: int, user: Any, take_over: bool = False) -> TieredTaskState:
    """Say "I am on it" for the hours of a claim; others see it. `take_over` where a colleague is on it.

    Raises ClaimedError when a colleague is on it and it is not to be taken over.
    """
    state = _open(state_id, user)
    earlier = state.claimant(timezone.now())
    is_taken = earlier is not None and earlier.pk != user.pk
    if not take_over:
        refuse_what_others_are_on(state, user)
    state.claimed_by = user
    state.claimed_until = timezone.now() + timedelta(hours=ApprovalLimits.current().claim_hours)
    state.save(update_fields=["claimed_by", "claimed_until"])
    text = _("原由%(person)s办理") % {"person": earlier} if is_taken else ""
    note(state, Act(ActKind.TAKEN_OVER if is_taken else ActKind.CLAIMED, user, text=text))
    return state


@dataclass(frozen=True)
class Takers:
    """To whom a tier may be handed: colleagues of whoever hands it on, and organisations above, the nearest first."""

    colleagues: list[Any] = field(default_factory=list)
    offices: list[Page] = field(default_factory=list)


def takers(state: TieredTaskState, user: Any = None) -> Takers:
    """Return who else may decide this: for the same organisation, and above the one that decides now. Three queries."""
    here = state.approver
    if here is None:
        return Takers()
    chain = reversed(subject_of(state).responsible_organisation.specific_deferred.chain)
    above = [each for each in chain if each.depth < here.depth]
    people = able_at([here, *above], state.barred)
    others = people[here.pk] - {user.pk if user else None}
    colleagues = get_user_model()._default_manager.filter(pk__in=others).order_by("pk")
    return Takers(list(colleagues), [each for each in above if people[each.pk]])


@transaction.atomic
def assign(*, state_id: int, user: Any, colleague: Any, text: str) -> TieredTaskState:
    """Hand it to a colleague of the same organisation, until its limit; others may take it over as any claim."""
    state = _open(state_id, user)
    refuse_what_others_are_on(state, user)
    _require(text)
    if colleague.pk not in {each.pk for each in takers(state, user).colleagues}:
        raise ValidationError(_("只能转交本单位可审核此件的同事。"))
    state.claimed_by = colleague
    state.claimed_until = max(state.due_at or timezone.now(), timezone.now() + timedelta(days=1))
    state.save(update_fields=["claimed_by", "claimed_until"])
    note(state, Act(ActKind.ASSIGNED, user, text=_("转交%(person)s：%(text)s") % {"person": colleague, "text": text}))
    tell_assigned(state, colleague, user, text)
    return state


@transaction.atomic
def transfer(*, state_id: int, user: Any, to: Page, text: str) -> TieredTaskState:
    """Pass the tier to an organisation above, which gets the whole limit; this one keeps read access."""
    state = _open(state_id, user)
    refuse_what_others_are_on(state, user)
    _require(text)
    if to.pk not in {each.pk for each in takers(state, user).offices}:
        raise ValidationError(_("只能转给上级中有审核员的单位。"))
    hand_over(state, to, Act(ActKind.TRANSFERRED, user, text=text))
    return state


@transaction.atomic
def hold(*, state_id: int, user: Any, until: date, text: str) -> TieredTaskState:
    """Stop the clock until a day; it goes on by itself. Raises ValidationError for a day that is none."""
    state = _open(state_id, user)
    refuse_what_others_are_on(state, user)
    _require(text)
    today = timezone.localdate()
    if state.held_until is not None:
        raise ValidationError(_("已经暂缓；先恢复办理，再另定日期。"))
    if not today < until <= today + HOLD_LIMIT:
        raise ValidationError(_("恢复日期须在明天以后、%(days)d 天以内。") % {"days": HOLD_LIMIT.days})
    state.held_since, state.held_until = today, until
    state.save(update_fields=["held_since", "held_until"])
    words = {"until": until.isoformat(), "text": text}
    note(state, Act(ActKind.HELD, user, text=_("至 %(until)s：%(text)s") % words))
    return state


@transaction.atomic
def resume(*, state_id: int, user: Any) -> TieredTaskState:
    """Let the clock run again before the day that was set."""
    state = _open(state_id, user)
    if state.held_until is None:
        raise ValidationError(_("这件没有暂缓。"))
    go_on(state, user)
    return state


def go_on(state: TieredTaskState, user: Any = None) -> None:
    """Count what was left of the limit from today; the caller holds the lock."""
    calendar, today = workday_calendar(), timezone.localdate()
    if state.due_at is None or state.held_since is None:
        start_clock(state, ApprovalLimits.current().days(state.tier), calendar)
    else:
        state.limit_days = remaining(state, state.held_since, calendar)
        count_from(state, today, calendar)
    state.held_since = state.held_until = None
    state.told = Told.NOTHING
    state.save()
    note(state, Act(ActKind.RESUMED, user, text="" if user else _("暂缓期满，自动恢复")))
