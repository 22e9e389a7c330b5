"""What a superior took back returns by the word of that superior: each storey, each kind of thing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.withdrawable import WithdrawalKind
from pages.models import DisclosurePage, NoticePage
from tests.factories import StandardPage, make_disclosure, make_notice, make_page, make_service_item
from tests.town import Town
from workflows.ahead import route_ahead
from workflows.finish import publish_approved
from workflows.models import TieredTaskState
from workflows.withdrawing import Plan, withdraw

from .acts import decide, submit

pytestmark = pytest.mark.usefixtures("clock")

# Unit → the organisations above it, the nearest first.
CHAINS = {"water": ["water_office", "portal"], "school": ["education_office", "district", "portal"]}
WITHDRAWN = [(unit, office) for unit, offices in CHAINS.items() for office in offices]
# By one tier, by their type's two, at once; not only by an entry that asks for three.
KINDS = ["one tier", "due at once", "notice", "standard page", "service item"]


def make(town: Town, unit: str, kind: str) -> Any:
    """Publish something of a kind."""
    place: Any = getattr(town, unit)
    entry = town.entries["water_profile"] if unit == "water" else town.entries["school_admission"]
    entry.approval_tiers = 1
    if kind == "due at once":
        entry.cycle, entry.cycle_amount, entry.cycle_unit, entry.approval_tiers = "on_event", None, "", 3
        entry.due_month = entry.due_day = None
    entry.save()
    if kind in {"one tier", "due at once"}:
        return make_disclosure(place, entry, title="已公开", owner=town.editor(unit))
    if kind == "notice":
        return make_notice(place, title="已公开", owner=town.editor(unit))
    if kind == "standard page":
        return make_page(StandardPage, place, title="已公开", owner=town.editor(unit))
    return make_service_item(place, town.industries["waterworks"])


def staffed(town: Town, unit: str) -> None:
    """Appoint a reviewer everywhere, so that no tier climbs for want of people."""
    for place in [unit, *CHAINS[unit]]:
        town.reviewer(place)


def drafted(town: Town, subject: Any, unit: str) -> Any:
    """Write a new version of what was withdrawn."""
    fresh = type(subject).objects.get(pk=subject.pk)
    fresh.title = "新版"
    fresh.save_revision(user=town.editor(unit))
    return fresh


def waiting(subject: Any) -> TieredTaskState | None:
    """Return the tier that a subject waits in."""
    state: TieredTaskState | None = type(subject).objects.get(pk=subject.pk).current_workflow_task_state
    return state


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("unit", "office"), WITHDRAWN)
def test_it_returns_only_by_the_word_of_who_withdrew_it(town: Town, unit: str, office: str, kind: str) -> None:
    staffed(town, unit)
    subject = make(town, unit, kind)
    withdraw(subject=subject, user=town.reviewer(office), plan=Plan(WithdrawalKind.GONE, "有误。"))
    by_place = {getattr(town, place).pk: town.reviewer(place) for place in [unit, *CHAINS[unit]]}
    new = drafted(town, subject, unit)
    route = route_ahead(new, new.responsible_organisation.specific, town.editor(unit))

    state: Any = submit(new, town.editor(unit))
    deciders = []
    while state is not None:
        assert not type(subject).objects.get(pk=subject.pk).live
        deciders.append(state.approver_id)
        decide(by_place[state.approver_id], state)
        state = waiting(subject)

    assert deciders[0] == getattr(town, unit).pk
    assert getattr(town, office).pk in deciders
    assert getattr(town, office).title in route[0]
    assert type(subject).objects.get(pk=subject.pk).live


def test_what_the_own_reviewer_withdrew_returns_by_its_own_tiers(town: Town) -> None:
    staffed(town, "school")
    page = make(town, "school", "one tier")
    withdraw(subject=page, user=town.reviewer("school"), plan=Plan(WithdrawalKind.NOTICE, "有误。"))
    new = drafted(town, page, "school")

    decide(town.reviewer("school"), submit(new, town.editor("school")))

    assert DisclosurePage.objects.get(pk=page.pk).live


def test_nobody_below_decides_in_the_place_of_who_withdrew_it(town: Town) -> None:
    staffed(town, "school")
    item = make(town, "school", "service item")
    withdraw(subject=item, user=town.reviewer("portal"), plan=Plan(WithdrawalKind.GONE, "有误。"))
    new = drafted(town, item, "school")
    for grant in town.reviewer("portal").appointments.all():
        grant.delete()

    decide(town.reviewer("school"), submit(new, town.editor("school")))
    state: Any = waiting(item)
    decide(town.reviewer("education_office"), state)

    # The portal has nobody: it waits there, and does not fall back to the district.
    state = waiting(item)
    assert state.approver_id == town.portal.pk


def test_the_finishing_action_asks_again(town: Town) -> None:
    staffed(town, "school")
    page = make(town, "school", "notice")
    withdraw(subject=page, user=town.reviewer("portal"), plan=Plan(WithdrawalKind.GONE, "有误。"))
    state: Any = submit(drafted(town, page, "school"), town.editor("school"))
    for place in ("school", "education_office"):
        decide(town.reviewer(place), state)
        state = waiting(page)
    # As if somebody had written the district into the database.
    state.status = "approved"
    state.approver_id = town.district.pk
    state.save()

    with pytest.raises(ValidationError, match="须经其批准"), transaction.atomic():
        publish_approved(state.workflow_state, town.reviewer("district"))

    assert not NoticePage.objects.get(pk=page.pk).live
