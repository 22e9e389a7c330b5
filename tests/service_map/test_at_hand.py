"""What is read once for many readers: four thousand places are kept until anything public changes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.service_map.at_hand import MOST, places_at_hand
from cms.service_map.places import Scope
from tests.town import Town

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]


@pytest.fixture
def kept(placed: Town, settings):
    """Note changes, and let nothing wait."""
    settings.STORED_READS = True
    places_at_hand.forget()
    placed.school.save()
    call_command("settle_changes")
    # What else is read once in a process.
    read()
    places_at_hand.forget()
    yield placed
    places_at_hand.forget()


def read() -> tuple[int, list]:
    with CaptureQueriesContext(connection) as queries:
        answer = Client(SERVER_NAME="localhost").get("/map/points.json").json()
    return len(queries), answer["rows"]


def test_the_second_reader_costs_two_queries_less(kept: Town):
    first, rows = read()
    second, again = read()

    assert second == first - 2
    assert again == rows


def test_a_change_is_seen_at_once_and_kept_once_it_is_settled(kept: Town):
    read()

    kept.school.longitude, kept.school.latitude = Decimal("121.62"), Decimal("38.94")
    kept.school.save()

    assert any(row[3:5] == [121.62, 38.94] for row in read()[1])
    call_command("settle_changes")
    first, _rows = read()
    second, rows = read()
    assert second == first - 2
    assert any(row[3:5] == [121.62, 38.94] for row in rows)


def test_words_that_anybody_may_write_are_not_kept(kept: Town):
    places_at_hand.places(Scope(service="缴费"))

    assert not places_at_hand.kept


def test_no_more_is_kept_than_fits(kept: Town):
    for number in range(MOST + 5):
        places_at_hand.places(Scope(division=str(number)))

    assert len(places_at_hand.kept) == MOST


def test_where_changes_are_not_noted_nothing_is_kept(kept: Town, settings):
    settings.STORED_READS = False

    assert read()[0] == read()[0]
    assert not places_at_hand.kept
