"""What a handover would move: shown before, and done exactly so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, WorkflowState
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_workflow_enabled_models

from accounts.authority import holders, within
from accounts.models import Appointment, Duty, Leave
from accounts.responsibility import base_type, drafts_of, submissions_of
from workflows.rerouting import waiting_at

from ..subtree import below

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from accounts.models import User
    from workflows.models import TieredTaskState

UNDER_WAY = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
SHOWN = 10


@dataclass
class Plan:
    """What goes from the giver to the taker, and what stays because it is beyond the administrator's reach."""

    giver: User
    taker: User
    appointments: list[Appointment]
    left: list[Appointment]
    owned: QuerySet[Page]
    drafts: list[Any]
    submissions: list[WorkflowState]
    leaves: list[Leave]
    alone: list[TieredTaskState] = field(default_factory=list)

    @property
    def places(self) -> list[Page]:
        """Return each organisation once."""
        return list({each.organisation_id: each.organisation for each in self.appointments}.values())

    def counts(self) -> dict[str, int]:
        """Return how many of each kind."""
        return {
            "appointments": len(self.appointments),
            "owned": self.owned.count(),
            "drafts": len(self.drafts),
            "submissions": len(self.submissions),
            "reviews": len(self.alone),
            "leaves": len(self.leaves),
        }

    @property
    def pending(self) -> list[WorkflowState]:
        """Return what is in review."""
        return [state for state in self.submissions if state.status == WorkflowState.STATUS_IN_PROGRESS]

    @property
    def will_be_alone(self) -> list[Page]:
        """Return where the taker would write and be the only reviewer: what he writes goes to the superior."""
        writing = {each.organisation_id for each in self.appointments if each.duty != Duty.REVIEWER}
        return [
            place for place in self.places if place.pk in writing and self._reviewers_after(place) == {self.taker.pk}
        ]

    def _reviewers_after(self, place: Page) -> set[int]:
        reviewers = holders(place, [Duty.REVIEWER])
        if any(each.organisation_id == place.pk and each.duty == Duty.REVIEWER for each in self.appointments):
            reviewers = reviewers - {self.giver.pk} | {self.taker.pk}
        return reviewers


def plan(giver: User, taker: User, organisation: Page | None, by: Any) -> Plan:
    """Return what would move: of one organisation, or of all where the administrator appoints."""
    today = timezone.localdate()
    held = Appointment.objects.filter(Q(until=None) | Q(until__gte=today), user=giver).select_related("organisation")
    movable = held.filter(below(by, "organisation"), is_suspended=False).exclude(duty=Duty.AUDITOR)
    within_reach = set(movable.values_list("pk", flat=True))
    wanted = [each for each in held.order_by("organisation__path", "duty") if _is_of(each, organisation)]
    moving = [each for each in wanted if each.pk in within_reach]
    keys = {each.organisation.translation_key for each in moving}
    paths = sorted(Page.objects.filter(translation_key__in=keys).values_list("path", flat=True))
    places = {each.organisation_id for each in moving}
    made = Plan(
        giver=giver,
        taker=taker,
        appointments=moving,
        left=[each for each in wanted if each.pk not in within_reach],
        owned=Page.objects.filter(within(paths), owner=giver).order_by("path"),
        drafts=list(_drafts(giver, paths)),
        submissions=list(_submissions(giver, paths)),
        leaves=list(Leave.objects.filter(deputy=giver, until__gte=today, organisation__in=places)),
    )
    made.alone = [state for place in _left_without(made) for state in waiting_at(place)]
    return made


def _is_of(appointment: Appointment, organisation: Page | None) -> bool:
    return organisation is None or appointment.organisation_id == organisation.pk


def _left_without(made: Plan) -> list[Page]:
    reviewed = {each.organisation_id for each in made.appointments if each.duty == Duty.REVIEWER}
    return [
        place for place in made.places if place.pk in reviewed and holders(place, [Duty.REVIEWER]) <= {made.giver.pk}
    ]


def _scopes(paths: list[str]) -> Iterator[tuple[Any, Q]]:
    yield Page, within(paths)
    for model in get_workflow_enabled_models():
        yield model, within(paths, policy_registry.get_by_type(model).field)


def _drafts(giver: User, paths: list[str]) -> Iterator[Any]:
    for model, here in _scopes(paths):
        found = model._default_manager.filter(here, drafts_of(model, giver), has_unpublished_changes=True)
        yield from found.select_related("latest_revision").order_by("pk")


def _submissions(giver: User, paths: list[str]) -> Iterator[WorkflowState]:
    for model, here in _scopes(paths):
        keys = model._default_manager.filter(here).annotate(key=Cast("pk", CharField())).order_by().values("key")
        states = WorkflowState.objects.filter(
            submissions_of(giver), status__in=UNDER_WAY, base_content_type=base_type(model), object_id__in=keys
        )
        yield from states.select_related("current_task_state").order_by("pk")
