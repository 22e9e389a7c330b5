"""Find a new approver for what waits: its unit was moved, or nobody may decide any more where it waits."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import post_page_move, pre_page_move

from accounts.authority import holders_at
from accounts.models import Appointment, Duty

from .acts import Act, hand_over, note
from .decisions import locked
from .guarded import guarded
from .matters import matter_of
from .models import ActKind, TieredTaskState
from .queue import decidable, with_places
from .routes import Route, able, resolve

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

# Where so few may decide, all of them may be authors.
FEW = 3


def connect() -> None:
    """Listen to the tree, to appointments and to accounts."""
    pre_page_move.connect(_before_move, dispatch_uid="workflows.rerouting")
    post_page_move.connect(_on_move, dispatch_uid="workflows.rerouting")
    for signal in (post_save, post_delete):
        signal.connect(_on_appointment, sender=Appointment, dispatch_uid="workflows.rerouting")
    post_save.connect(_on_account, sender=settings.AUTH_USER_MODEL, dispatch_uid="workflows.rerouting")


@transaction.atomic
def _before_move(instance: Any, **kwargs: Any) -> None:
    """Take the locks of what waits below first, as a decision does: whoever holds a page never waits for these."""
    below = with_places(waiting()).filter(place__startswith=instance.path).order_by("workflow_state")
    keys = list(below.values_list("workflow_state", flat=True))
    list(WorkflowState.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def _on_move(instance: Any, **kwargs: Any) -> None:
    reroute_moved(instance)


def _on_appointment(instance: Appointment, raw: bool = False, **kwargs: Any) -> None:
    # After the commit: who is relieved and who follows him are often named in one go.
    if not raw and instance.duty == Duty.REVIEWER:
        transaction.on_commit(find_new_approvers.enqueue, robust=True)


def _on_account(
    instance: Any, raw: bool = False, created: bool = False, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    # Signing in writes the account too, and no more than that.
    if not raw and not created and (update_fields is None or "is_active" in update_fields) and not instance.is_active:
        transaction.on_commit(find_new_approvers.enqueue, robust=True)


def waiting() -> QuerySet[TieredTaskState]:
    """Return everything that waits for a decision."""
    states = TieredTaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    return states.select_related("workflow_state__requested_by", "revision", "approver", "task__tieredapprovaltask")


def waiting_at(organisation: Any) -> QuerySet[TieredTaskState]:
    """Return what waits for the decision of this organisation."""
    return waiting().filter(approver__translation_key=organisation.translation_key)


def is_stuck(state: TieredTaskState) -> bool:
    """Is there no reviewer of the approving organisation who may decide on it?"""
    if state.approver is None:
        return True
    return not able(state.approver, state.barred.at(state.approver))


def reroute_moved(page: Any, by: Any = None) -> int:
    """Resolve anew what waits below a page that was moved, by its new chain; return how many changed."""
    below = with_places(waiting()).filter(place__startswith=page.path)
    why = _("单位调整隶属关系，改由新的上级审核")
    return sum(bool(guarded(_lead, pk, by, why)) for pk in list(below.values_list("pk", flat=True)))


def reroute_stuck() -> int:
    """Resolve anew what waits where nobody may decide; return how many changed."""
    return sum(bool(guarded(_reroute_if_stuck, pk)) for pk in suspects())


@task()
def find_new_approvers() -> None:
    """Do so in the worker, when somebody has ceased to review or has begun to."""
    reroute_stuck()


def suspects() -> list[int]:
    """Return what none of the few reviewers of its office may decide; each is asked about once more when it moves.

    The queries grow with the offices of few reviewers, not with what waits.
    """
    keys: dict[int | None, set[int]] = defaultdict(set)
    for office, pk in waiting().order_by().values_list("approver", "pk"):
        keys[office].add(pk)
    offices = list(Page.objects.filter(pk__in=[pk for pk in keys if pk is not None]))
    people = {office: ids for office, ids in holders_at(offices, [Duty.REVIEWER]).items() if len(ids) <= FEW}
    reviewers = get_user_model()._default_manager.in_bulk(set().union(*people.values()))
    for office, ids in people.items():
        for pk in ids & reviewers.keys():
            keys[office] -= set(decidable(reviewers[pk]).filter(approver=office).values_list("pk", flat=True))
    return sorted(pk for office, found in keys.items() if office is None or office in people for pk in found)


def _reroute_if_stuck(pk: int) -> bool:
    state = waiting().filter(pk=pk).first()
    return state is not None and is_stuck(state) and reroute(state, None)


def reroute(state: TieredTaskState, by: Any) -> bool:
    """Send a stuck state to the next organisation that has a reviewer; tell that one. Was there one?"""
    return _lead(state.pk, by, _("原审核单位已无可审核的人员"))


@transaction.atomic
def _lead(pk: int, by: Any, why: str) -> bool:
    """Resolve a state anew and hand it over where the answer is another one."""
    state = locked(pk)
    if state.status != TaskState.STATUS_IN_PROGRESS:
        return False
    task = state.task.tieredapprovaltask
    matter = matter_of(state.workflow_state, task, state.content_hash)
    chain = {each.pk for each in matter.candidates(task.tier)}
    passed_on = state.acts.filter(kind__in=[ActKind.TRANSFERRED, ActKind.ESCALATED]).exists()
    here = state.approver
    if passed_on and here and here.pk in chain and able(here, matter.barred.at(here)):
        return False
    route = resolve(matter, task.tier)
    if route.approver is None:
        _skip(state, route, by)
        return True
    if route.approver.pk == state.approver_id:
        return False
    state.note = route.note
    hand_over(state, route.approver, Act(ActKind.REROUTED, by, why))
    return True


def _skip(state: TieredTaskState, route: Route, by: Any) -> None:
    """Leave out a tier whose new organisation has approved already, and go on."""
    state.status, state.finished_at, state.note = TaskState.STATUS_SKIPPED, timezone.now(), route.note
    state.save()
    note(state, Act(ActKind.REROUTED, by, route.note))
    state.workflow_state.update(user=by)
