"""How many rows a list says it has."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_disclosure


@pytest.fixture
def papers(town):
    return [make_disclosure(town.water, town.entries["water_price"], title=f"水价{n}") for n in range(4)]


@pytest.fixture
def counts_to_two(monkeypatch):
    monkeypatch.setattr("cms.api.paging.MOST_COUNTED", 2)
    # What is searched for is cut by the search itself.
    monkeypatch.setattr("cms.search.backends.shortlists.MOST", 2)


def total(api, **parameters) -> tuple[int, bool]:
    meta = api.answer("disclosures/", **parameters).json()["meta"]
    return meta["total_count"], meta["total_is_lower_bound"]


def test_a_number_that_was_counted_is_exact(api, papers):
    assert total(api, validity="in_force") == total(api, search="水价") == (4, False)


def test_a_filtered_list_is_counted_no_further_than_needed(api, papers, counts_to_two):
    with CaptureQueriesContext(connection) as asked:
        found = total(api, validity="in_force")

    (counting,) = [query["sql"] for query in asked if "COUNT" in query["sql"]]
    assert "LIMIT 3" in counting
    assert found == total(api, search="水价") == (2, True)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"order": "title", "limit": 1, "fields": "*"},
        {"industry": "water"},
        {"entry": "water:B01"},
        {"organisation": True},
        {"organisation": True, "entry": "water:B01"},
    ],
)
def test_the_questions_that_are_asked_most_are_counted_to_the_end(api, papers, town, counts_to_two, asked):
    if "organisation" in asked:
        asked = {**asked, "organisation": town.water.roster.code}

    assert total(api, **asked) == (4, False)


def test_exactly_as_many_as_are_counted_is_no_lower_bound(api, papers, monkeypatch):
    monkeypatch.setattr("cms.api.paging.MOST_COUNTED", 4)

    assert total(api, validity="in_force") == (4, False)


def test_what_lies_behind_the_counted_ones_can_be_read(api, papers, counts_to_two):
    assert len(api.list("disclosures", validity="in_force", offset=3)) == 1
