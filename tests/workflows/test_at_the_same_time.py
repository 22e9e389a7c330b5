"""Many decide, return, recall and move units at the same time: nothing is lost, doubled or half-done."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, connections
from wagtail.models import Page, TaskState, WorkflowState

from pages.models import DisclosurePage, PublicationRecord
from tests.factories import appoint, make_department, make_page, make_person
from tests.town import build_town
from workflows.decisions import NotDecidableError, NotRecallableError, decide, recall
from workflows.models import TieredTaskState

from .acts import draft, submit

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
]
THREADS = 20


def together(acts: list[Callable[[], Any]]) -> list[Any]:
    """Do all of them at once; return the answer or the refusal of each."""

    def run(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except (NotDecidableError, NotRecallableError) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, acts))


def refusals(answers: list[Any]) -> int:
    """Count who came too late."""
    return sum(isinstance(answer, Exception) for answer in answers)


def test_twenty_decide_the_same_item_and_one_does() -> None:
    town = build_town()
    reviewers = [make_person(f"r{number}") for number in range(THREADS)]
    for person in reviewers:
        appoint(person, town.water, "reviewer")
    state = submit(draft(town, entry="water_profile"), town.editor("water"))

    def approve(person: Any) -> Any:
        return decide(state_id=state.pk, user=person, action="approve", comment="")

    def send_back(person: Any) -> Any:
        return decide(state_id=state.pk, user=person, action="reject", comment="缺", reason="other")

    answers = together(
        [partial(approve if number % 2 else send_back, person) for number, person in enumerate(reviewers)]
    )

    assert refusals(answers) == THREADS - 1
    assert TaskState.objects.filter(workflow_state=state.workflow_state, status="in_progress").count() == 0
    status = WorkflowState.objects.get(pk=state.workflow_state_id).status
    assert PublicationRecord.objects.filter(is_public=True).count() == (status == WorkflowState.STATUS_APPROVED)


def test_an_approval_and_a_recall_at_the_same_moment_leave_one_outcome() -> None:
    town = build_town()
    reviewer, author = town.reviewer("water"), town.editor("water")
    states = [submit(draft(town, entry="water_profile", title=f"第{n}件"), author) for n in range(10)]

    def pair(state: Any) -> list[Any]:
        return [
            lambda: decide(state_id=state.pk, user=reviewer, action="approve", comment=""),
            lambda: recall(workflow_state_id=state.workflow_state_id, user=author),
        ]

    answers = together([act for state in states for act in pair(state)])

    assert refusals(answers) == len(states)
    for state in states:
        page = DisclosurePage.objects.get(pk=state.workflow_state.object_id)
        found = WorkflowState.objects.get(pk=state.workflow_state_id)
        assert page.live == (found.status == WorkflowState.STATUS_APPROVED)


def test_units_move_pages_are_added_and_items_decided_at_the_same_time() -> None:
    town = build_town()
    office = make_department(town.portal, title="市城建局", industry=town.industries["water"])
    new_reviewer = make_person("new")
    appoint(new_reviewer, office, "reviewer")
    old_reviewer, reviewer, author = town.reviewer("water_office"), town.reviewer("water"), town.editor("water")
    states = [submit(draft(town, title=f"第{n}件"), author) for n in range(8)]

    def move() -> None:
        Page.objects.get(pk=town.water.pk).specific.move(Page.objects.get(pk=office.pk).specific, pos="last-child")

    def add(number: int) -> None:
        parent = Page.objects.get(pk=town.hall.pk).specific
        make_page(DisclosurePage, parent, title=f"新{number}", entry=town.entries["hall_guide"], live=False)

    def approve(state: Any) -> Any:
        return decide(state_id=state.pk, user=reviewer, action="approve", comment="")

    together([move, *(partial(approve, state) for state in states), *(partial(add, number) for number in range(11))])

    assert all(not problem for problem in Page.find_problems())
    assert Page.objects.get(pk=town.hall.pk).get_children().count() == 11
    waiting = TieredTaskState.objects.filter(status="in_progress")
    assert waiting.count() == len(states)
    # Whoever was approved before the move was led on by it; after it the chain is the new one.
    assert {state.approver_id for state in waiting} == {office.pk}
    assert old_reviewer.pk != new_reviewer.pk
