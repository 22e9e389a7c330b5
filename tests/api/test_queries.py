"""A list with all fields costs at most twelve queries, however many rows it shows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.asking import ENDPOINTS
from tests.api.crowd import add_crowd, add_units, unit_types

# Willow leaves the temporary file of a rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
MOST = 12
# Of a search without all fields.
MOST_OF_A_SEARCH = 11


def cost(api, endpoint: str, **parameters) -> int:
    with CaptureQueriesContext(connection) as asked:
        api.list(endpoint, fields="*", limit=100, **parameters)
    return len(asked)


def costs(api) -> dict[str, int]:
    # The first asking caches sites and types and makes the renditions of images, once and for all.
    for endpoint in ENDPOINTS:
        cost(api, endpoint)
    return {endpoint: cost(api, endpoint) for endpoint in ENDPOINTS}


def test_five_rows_and_twelve_cost_the_same(api, town):
    add_crowd(town, range(5))
    few = costs(api)
    add_crowd(town, range(5, 12))
    many = costs(api)

    assert few == many
    assert {endpoint: found for endpoint, found in many.items() if found > MOST} == {}


def test_all_page_types_on_one_page_cost_no_more(api, town):
    add_units(town, range(len(unit_types())))

    cost(api, "organisations")

    assert len({item["meta"]["type"] for item in api.list("organisations", limit=100)}) > len(unit_types())
    assert cost(api, "organisations") <= MOST


def test_a_search_costs_a_bounded_number_too(api, town):
    add_units(town, range(12))
    cost(api, "organisations", search="单位")

    assert cost(api, "organisations", search="单位") <= MOST


@pytest.mark.parametrize("endpoint", ["disclosures", "notices", "organisations", "service-items", "catalogue", "pages"])
def test_a_search_costs_little_in_every_list(api, town, endpoint):
    add_crowd(town, range(5))
    title = api.list(endpoint)[0]["title"]

    def search() -> list[str]:
        return [row["title"] for row in api.list(endpoint, search=title)]

    # The first asking reads which sites and types there are.
    assert title in search()
    with CaptureQueriesContext(connection) as asked:
        search()
    assert len(asked) <= MOST_OF_A_SEARCH


def test_the_body_stays_in_the_database_where_nobody_asks_for_it(api, town):
    add_crowd(town, range(2))

    with CaptureQueriesContext(connection) as asked:
        api.list("disclosures")

    assert not [query["sql"] for query in asked if '"body"' in query["sql"]]
