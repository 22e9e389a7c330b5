"""What a whole request costs, sign-in and middleware included: the same with ten that wait and with two thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from media.models import Document
from pages.bulk import bulk_add
from pages.models import DisclosureAttachment, UnitPage
from tests.factories import make_person
from tests.standing import undo
from tests.town import Town, build_town
from workflows.bulk import begin, work_off
from workflows.handling import claim
from workflows.models import TieredTaskState

from .acts import draft, signed_in, submit, submitted
from .crowd import wait_for

FEW, MANY, UNITS = 10, 2_000, 200
ACT, SCREEN = 120, 40

pytestmark = pytest.mark.usefixtures("undone")


def with_files(town: Town, entry: str, files: int = 1, **fields: Any) -> TieredTaskState:
    """Submit a disclosure with attachments."""
    page = draft(town, "water", entry, **fields)
    for number in range(files):
        words = ContentFile("示例".encode(), name=f"file-{number}.txt")
        # With size and hash, as after an upload.
        file = Document.objects.create(
            title=f"附件{number}", file=words, file_size=6, file_hash=f"{number}", owner_organisation_id=town.water.pk
        )
        page.attachments.add(DisclosureAttachment(document=file, title=f"附件{number}"))
    page.save_revision(user=town.editor("water"))
    return submit(page, town.editor("water"))


def cost(act: Callable[[], Any]) -> int:
    """Count the queries of an act; what it leaves to the worker is one more each."""
    with CaptureQueriesContext(connection) as queries, TestCase.captureOnCommitCallbacks() as later:
        assert act().status_code in {200, 302}
    return len(queries) + len(later)


def press(client: Client, state: TieredTaskState, action: str) -> Callable[[], Any]:
    """Return the pressing of a button on the approval screen."""
    said = {"comment": "请补充依据。", "reason": "no_basis"} if action == "reject" else {"comment": "", "reason": ""}
    return lambda: client.post(reverse("approval:item", args=[state.pk]), {"action": action, **said})


def costs(town: Town) -> dict[str, int]:
    """Return what each act and each screen costs now."""
    client = signed_in(town.reviewer("water"))
    client.get(reverse("approval:queue"))
    first, published, last = (with_files(town, entry) for entry in ("water_price", "water_profile", "water_price"))
    item = reverse("approval:item", args=[last.pk])
    return {
        "item": cost(lambda: client.get(item)),
        "filtered item": cost(lambda: client.get(item + "?sort=due&tier=1")),
        "queue": cost(lambda: client.get(reverse("approval:queue"))),
        "start page": cost(lambda: client.get(reverse("wagtailadmin_home"))),
        "approve": cost(press(client, first, "approve")),
        "publish": cost(press(client, published, "approve")),
        "return": cost(press(client, last, "reject")),
        "claim": cost(press(client, submitted(town), "claim")),
    }


@pytest.fixture(scope="module")
def town(module_database: None) -> Iterator[Town]:
    # As in production: what is public is stored, and an act marks what it changes.
    with override_settings(STORED_READS=True):
        town = build_town()
        for place in ("water", "water_office", "portal", "street"):
            for person in (town.editor, town.reviewer, town.administrator):
                person(place)
        yield town


@pytest.fixture(scope="module")
def among_few(town: Town) -> dict[str, int]:
    units = [UnitPage(title=f"示例单位{number}", industry=town.industries["hall"]) for number in range(UNITS)]
    bulk_add(town.street, units[:FEW])
    wait_for(town, town.water, FEW, units[:FEW])
    # As before every test: what the load has put there would be a query less.
    cache.clear()
    with undo():
        found = costs(town)
    bulk_add(town.street, units[FEW:])
    wait_for(town, town.water, MANY - FEW, units[FEW:])
    return found


def test_an_act_costs_the_same_among_ten_and_among_two_thousand(town: Town, among_few: dict[str, int]) -> None:
    among_many = costs(town)

    assert among_many == among_few
    assert max(among_many[act] for act in ("approve", "publish", "return", "claim")) <= ACT
    assert max(among_many[screen] for screen in ("item", "filtered item", "queue", "start page")) <= SCREEN


def test_a_second_version_with_many_files_costs_no_more_than_an_act(town: Town, among_few: dict[str, int]) -> None:
    client = signed_in(town.reviewer("water"))
    press(client, with_files(town, "water_profile", files=3), "approve")()
    page = town.water.get_children().get(title="示例水价").specific
    page.summary = "新的摘要"
    page.save_revision(user=town.editor("water"))
    state = submit(page, town.editor("water"))

    screen = cost(lambda: client.get(reverse("approval:item", args=[state.pk])))

    assert screen <= SCREEN
    assert cost(press(client, state, "approve")) <= ACT


def test_the_screen_of_what_has_a_history(town: Town, among_few: dict[str, int]) -> None:
    state = with_files(town, "water_price", files=3)
    claim(state_id=state.pk, user=town.reviewer("water"))
    press(signed_in(town.reviewer("water")), state, "approve")()
    second = TieredTaskState.objects.get(workflow_state=state.workflow_state_id, status="in_progress")
    office = signed_in(town.reviewer("water_office"))
    claim(state_id=second.pk, user=town.reviewer("water_office"))

    assert cost(lambda: office.get(reverse("approval:item", args=[second.pk]))) <= SCREEN


@pytest.mark.parametrize("duty", ["editor", "reviewer", "administrator"])
@pytest.mark.parametrize("place", ["water", "water_office", "street", "portal"])
def test_the_start_page_of_each_tier(town: Town, among_few: dict[str, int], place: str, duty: str) -> None:
    client = signed_in(getattr(town, duty)(place))
    # What a process and its cache keep for all is asked once.
    client.get(reverse("wagtailadmin_home"))

    assert cost(lambda: client.get(reverse("wagtailadmin_home"))) <= SCREEN


def test_each_further_item_of_a_bulk_approval(town: Town, among_few: dict[str, int]) -> None:
    town.entries["water_profile"].is_routine = True
    town.entries["water_profile"].save()
    reviewer = town.reviewer("water")
    states = [with_files(town, "water_profile", title=f"第{number}件") for number in range(4)]
    run = begin(person=reviewer, shown={state.pk: state.revision_id for state in states}, comment="")

    def work(most: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            work_off(run, most)
        return len(queries)

    one, three = work(1), work(3)

    assert (three - one) / 2 <= ACT
    assert run.items.filter(outcome="done").count() == 4


def test_whoever_may_not_decide_is_not_shown_what_is_wrong_with_the_form(town: Town) -> None:
    state = submitted(town)

    response = press(signed_in(make_person("stranger")), state, "reject")()
    other = signed_in(town.reviewer("street")).post(reverse("approval:item", args=[state.pk]), {"action": "nonsense"})

    assert response.status_code == 302
    assert other.status_code == 404
