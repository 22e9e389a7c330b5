"""What falls due: a hold that ends, a limit that comes near or has passed, and what goes one tier up for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from accounts.models import Duty
from ledger.letters import Message, write
from snippets.workdays import workday_calendar

from .acts import Act, hand_over
from .decisions import locked
from .guarded import guarded
from .handling import go_on, takers
from .limits import end_of, limit_in_words, overdue_again
from .models import ActKind, TieredTaskState, Told
from .notices import tell_approvers

if TYPE_CHECKING:
    from datetime import datetime

    from rules.calendar import WorkdayCalendar

# No limit is longer, with the longest of holidays in it.
HORIZON = timedelta(days=14)


def attend_to_everything() -> dict[str, int]:
    """Resume, remind and escalate what is due now, each in a transaction of its own; return how many of each."""
    now, calendar = timezone.now(), workday_calendar()
    done = {"resumed": 0, "reminded": 0, "escalated": 0}
    for pk in _candidates(now):
        act = guarded(_attend, pk, now, calendar)
        if act:
            done[act] += 1
    return done


def _candidates(now: datetime) -> list[int]:
    held = Q(held_until__lte=timezone.localdate(now))
    running = Q(held_until=None, due_at__lte=now + HORIZON) & ~Q(told=Told.STUCK)
    states = TieredTaskState.objects.filter(held | running, status=TaskState.STATUS_IN_PROGRESS)
    return list(states.order_by("due_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def _attend(pk: int, now: datetime, calendar: WorkdayCalendar) -> str:
    """Do the one thing that is due for a state; what changed meanwhile is left alone."""
    state = locked(pk)
    if state.status != TaskState.STATUS_IN_PROGRESS:
        return ""
    if state.held_until is not None:
        if state.held_until > timezone.localdate(now):
            return ""
        go_on(state)
        return "resumed"
    if overdue_again(state, calendar) < now:
        return _escalate(state)
    return _remind(state, now, calendar)


def _remind(state: TieredTaskState, now: datetime, calendar: WorkdayCalendar) -> str:
    """Tell those who may decide, once before and once when it is due."""
    assert state.due_at is not None  # noqa: S101 (for the type checker)
    title = {"title": state.revision.object_str}
    if state.due_at < now:
        stage, subject = Told.DUE, _("审核已逾期：《%(title)s》") % title
    elif now > remind_from(state, calendar):
        stage, subject = Told.SOON, _("审核即将到期：《%(title)s》") % title
    else:
        return ""
    if state.told >= stage:
        return ""
    _mark(state, stage)
    tell_approvers(state, f"approval.{stage.name.lower()}", subject, _due_words(state))
    return "reminded"


def remind_from(state: TieredTaskState, calendar: WorkdayCalendar) -> datetime:
    """Return when a limit is near: as its last workday begins; the workday before, where it has more than one."""
    assert state.due_at is not None  # noqa: S101 (for the type checker)
    last = timezone.localdate(state.due_at)
    day = last if state.limit_days == 1 else calendar.add_workdays(last, -1)
    return end_of(day - timedelta(days=1))


def _due_words(state: TieredTaskState) -> str:
    return limit_in_words(state) + _("逾期再过同样长的时限，自动转上一级审核。")


def _mark(state: TieredTaskState, stage: Told) -> None:
    state.told = stage
    state.save(update_fields=["told"])


def _escalate(state: TieredTaskState) -> str:
    """Send it one organisation up; at the top it stays, and the operators are told once."""
    above = takers(state).offices
    if above:
        words = {"name": state.approver.title if state.approver else ""}
        hand_over(state, above[0], Act(ActKind.ESCALATED, text=_("“%(name)s”逾期未办") % words))
        return "escalated"
    _mark(state, Told.STUCK)
    subject = _("审核逾期，上面已无可转的单位：《%(title)s》") % {"title": state.revision.object_str}
    write(operators(), Message("approval.stuck", subject, _due_words(state)))
    return "reminded"


def operators() -> list[object]:
    """Return who runs the platform: the system operators and the portal's administrators."""
    appointed = Q(appointments__organisation__depth=2, appointments__duty=Duty.ADMINISTRATOR)
    people = get_user_model()._default_manager.filter(Q(is_superuser=True) | appointed, is_active=True)
    return list(people.distinct().order_by("pk"))
