"""A unit moved to another superior moves with its queue; nothing waits where nobody may decide."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from ledger.models import Letter
from tests.factories import appoint, make_department, make_person
from tests.town import Town
from workflows.models import ActKind, TieredTaskState
from workflows.rerouting import find_new_approvers, reroute_stuck

from .acts import decide, submitted

pytestmark = pytest.mark.usefixtures("clock")


def waiting() -> TieredTaskState:
    """Return what waits; in these tests it is one."""
    return TieredTaskState.objects.get(status="in_progress")


def new_office(town: Town) -> tuple[Any, Any]:
    """Found another department that may supervise the water company, with its reviewer."""
    office = make_department(town.portal, title="市城建局", industry=town.industries["water"])
    person = make_person("new-reviewer")
    appoint(person, office, "reviewer")
    return office, person


def test_the_second_tier_follows_a_unit_to_its_new_superior(town: Town) -> None:
    town.reviewer("water_office")
    decide(town.reviewer("water"), submitted(town))
    office, person = new_office(town)

    town.water.move(office, pos="last-child")

    state = waiting()
    assert state.approver.pk == office.pk
    act = state.acts.get()
    assert (act.kind, act.from_organisation.title, act.to_organisation.title) == (
        ActKind.REROUTED, "市水务局", "市城建局",
    )  # fmt: skip
    assert Letter.objects.filter(recipient=person, kind="approval.arrived").exists()


def test_the_first_tier_stays_where_it_is_when_a_unit_moves(town: Town) -> None:
    town.reviewer("water")
    submitted(town)
    office, _person = new_office(town)

    town.water.move(office, pos="last-child")

    assert waiting().approver.pk == town.water.pk
    assert not waiting().acts.exists()


@pytest.mark.parametrize("act", ["suspend", "relieve", "delete", "close the account"])
def test_what_nobody_may_decide_any_more_goes_up_at_once(
    town: Town, act: str, django_capture_on_commit_callbacks: Any
) -> None:
    reviewer = town.reviewer("water")
    town.reviewer("water_office")
    submitted(town)
    appointment = Appointment.objects.get(user=reviewer)

    with django_capture_on_commit_callbacks(execute=True):
        if act == "delete":
            appointment.delete()
        elif act == "close the account":
            reviewer.is_active = False
            reviewer.save()
        else:
            appointment.is_suspended = act == "suspend"
            appointment.until = None if act == "suspend" else appointment.since
            appointment.save()

    assert waiting().approver.title == "市水务局"


def test_what_waits_for_an_appointment_comes_down_when_it_is_made(
    town: Town, django_capture_on_commit_callbacks: Any
) -> None:
    submitted(town)
    assert waiting().approver.pk == town.portal.pk

    with django_capture_on_commit_callbacks(execute=True):
        town.reviewer("water")

    assert waiting().approver.pk == town.water.pk


def test_looking_for_what_is_stuck_costs_no_more_where_more_waits(town: Town) -> None:
    town.reviewer("water"), town.reviewer("water_office")
    # What a process asks once (content types, tasks) is asked before it is counted.
    submitted(town)
    reroute_stuck()
    costs = []
    for _round in range(2):
        for number in range(5):
            submitted(town, title=f"第{number}件")
        with CaptureQueriesContext(connection) as queries:
            assert reroute_stuck() == 0
        costs.append(len(queries))

    assert costs[0] == costs[1]
    assert costs[0] <= 10


def test_a_change_of_appointments_leaves_the_looking_to_the_worker(
    town: Town, django_capture_on_commit_callbacks: Any
) -> None:
    town.reviewer("water_office")
    appointment = Appointment.objects.get(user=town.reviewer("water"))
    submitted(town)
    appointment.is_suspended = True

    with django_capture_on_commit_callbacks() as later, CaptureQueriesContext(connection) as queries:
        appointment.save()

    assert [callback.__self__ for callback in later] == [find_new_approvers]
    assert len(queries) <= 10
    assert waiting().approver.pk == town.water.pk
