"""How many are subscribed is told to who answers for the portal: numbers, none too small, no address."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Duty
from cms.subscriptions.counts import counted
from tests.factories import appoint, make_person
from tests.pages.seen import words
from tests.town import Town

from .test_sending import subscribed

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]
SCREEN = "/admin/subscriptions/"


def many(number: int, choice: str, **fields) -> None:
    for each in range(number):
        subscribed(f"{choice}{each}@example.org", choice=choice, **fields)


def test_numbers_are_told_by_what_is_chosen(town: Town):
    code = town.school.roster.code
    many(6, f"district=210202&industry=water&unit={code}", urgent=True)
    many(5, "industry=education&industry=water")

    found = counted()

    assert (found["total"], found["urgent"]) == (11, 6)
    assert found["industries"].rows == [("供水", 11), ("教育", 5)]
    assert found["districts"].rows == [("示例区", 6)]
    assert found["units"].rows == [("示例小学", 6)]


def test_small_numbers_are_hidden_and_the_unconfirmed_not_counted(town: Town):
    many(4, "industry=water", urgent=True)
    many(9, "industry=education", confirmed_at=None)

    found = counted()

    assert (found["total"], found["urgent"]) == (None, None)
    assert (found["industries"].rows, found["industries"].hidden) == ([], 1)


@pytest.mark.parametrize(
    ("duty", "status"), [(Duty.ADMINISTRATOR, 200), (Duty.REVIEWER, 200), (Duty.EDITOR, 302), (None, 302)]
)
def test_only_who_answers_for_the_portal_reads_them(town: Town, duty, status):
    person = make_person("reader")
    appoint(person, town.portal if duty else town.water, duty or Duty.ADMINISTRATOR)
    client = Client()
    client.force_login(person)
    many(5, "industry=water")

    response = client.get(SCREEN)

    assert response.status_code == status
    if status == 200:
        assert "已确认的订阅 5 个" in words(response.content.decode())
        assert "example.org" not in response.content.decode().replace("reader@example.org", "")


def test_more_subscriptions_cost_no_more_queries(town: Town):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            counted()
        return len(queries)

    many(5, f"industry=water&unit={town.water.roster.code}")
    few = cost()
    many(30, f"industry=education&unit={town.school.roster.code}")

    assert cost() == few == 4
