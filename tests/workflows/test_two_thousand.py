"""Two thousand wait: every list costs what it costs with a few."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pages.bulk import bulk_add
from pages.models import UnitPage
from tests.town import Town, build_town
from workflows.models import TieredTaskState

from .acts import signed_in, words
from .crowd import wait_for

MANY, UNITS = 2_000, 200
QUEUE = reverse("approval:queue")


@pytest.fixture(scope="module")
def town(module_database: None) -> Town:
    town = build_town()
    units = [UnitPage(title=f"示例单位{number}", industry=town.industries["hall"]) for number in range(UNITS)]
    bulk_add(town.street, units)
    wait_for(town, town.street, MANY, units)
    town.entries["hall_guide"].is_routine = True
    town.entries["hall_guide"].save()
    # Made before the tests: what a test makes is undone.
    town.reviewer("street")
    return town


@pytest.fixture
def client(town: Town) -> Client:
    client = signed_in(town.reviewer("street"))
    client.get(QUEUE)
    return client


pytestmark = pytest.mark.usefixtures("undone")


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "?page=80",
        "?sort=organisation",
        "?sort=due&overdue=on",
        "?sort=title&words=待审1",
        "?claim=free&tier=1",
        "?routine=on",
        "?organisation={street}&industry={hall}&entry={guide}&since=2020-01-01",
    ],
)
def test_the_queue(town: Town, client: Client, asked: str) -> None:
    named = {"street": town.street.pk, "hall": town.industries["hall"].pk, "guide": town.entries["hall_guide"].pk}

    assert queries(client, QUEUE + asked.format(**named)) <= 40


def test_the_queue_counts_them_all(client: Client) -> None:
    assert f"共 {MANY} 件" in words(client.get(QUEUE))


def test_the_start_page(client: Client) -> None:
    assert queries(client, reverse("wagtailadmin_home")) <= 40


def test_confirming_two_hundred(client: Client) -> None:
    assert queries(client, reverse("approval:bulk") + "?every=1") <= 40


def test_one_item(town: Town, client: Client) -> None:
    middle = TieredTaskState.objects.order_by("started_at")[MANY // 2]

    assert queries(client, reverse("approval:item", args=[middle.pk])) <= 40


def test_deciding_on_one(town: Town, client: Client) -> None:
    state: Any = TieredTaskState.objects.order_by("started_at").first()

    with CaptureQueriesContext(connection) as captured:
        response = client.post(reverse("approval:item", args=[state.pk]), {"action": "approve", "comment": ""})

    assert response.status_code == 302
    assert len(captured) <= 120


@pytest.mark.parametrize("report", ["workflow", "workflow_tasks"])
def test_wagtails_own_reports(client: Client, report: str) -> None:
    """What a row costs is Wagtail's; to find the rows costs no more."""
    address = reverse(f"wagtailadmin_reports:{report}")

    assert queries(client, address) <= queries(client, address + "?p=2") + 60
