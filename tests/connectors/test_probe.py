"""The health of connections: each asked once for all items it serves."""

from __future__ import annotations

import pytest

from cms.connectors.probe import ConnectionProbe
from cms.service_health.probes import Outcome, probes
from tests.town import Town

from .acts import connect, item

pytestmark = pytest.mark.django_db


def test_it_is_registered():
    assert "connector" in [each.code for each in probes()]


def test_one_question_for_all_items_of_a_connection(town: Town, connection):
    first, second = item(town, "a", "query"), item(town, "b", "payment")
    item(town, "c", "link")
    connect(town.hall, "https://other.example.org/")

    (target,) = ConnectionProbe().targets()

    assert target.items == {first.pk, second.pk}
    assert ConnectionProbe().check(target).outcome == Outcome.WORKING


def test_a_silent_one_is_failing(town: Town, connection):
    item(town, "a", "query")
    connection.base_url = "http://127.0.0.1:1"
    connection.save()
    (target,) = ConnectionProbe().targets()

    assert ConnectionProbe().check(target).outcome == Outcome.FAILING
