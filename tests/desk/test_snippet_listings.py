"""Listings of reference data and service items, with many rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from snippets.models import CatalogueEntry, Industry, ServiceItem
from tests.factories import make_entry, make_industry, make_service_item
from tests.town import Town
from tests.workflows.acts import signed_in, submit

MAKERS: dict[type, Callable[[Town], object]] = {
    ServiceItem: lambda town: make_service_item(town.water),
    CatalogueEntry: lambda town: make_entry("water"),
    Industry: lambda town: make_industry(f"branch-{Industry.objects.count()}", town.industries["water"]),
}


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("model", list(MAKERS), ids=lambda model: model.__name__)
def test_a_long_listing_costs_no_more_queries_than_a_short_one(town: Town, model: type) -> None:
    client = signed_in(town.administrator("portal"))
    address = reverse(model.snippet_viewset.get_url_name("list"))
    for _number in range(5):
        MAKERS[model](town)
    client.get(address)
    few = queries(client, address)

    for _number in range(40):
        MAKERS[model](town)

    assert queries(client, address) <= few
    assert few <= 40


def test_service_items_in_review_cost_no_more_either(town: Town) -> None:
    client = signed_in(town.editor("water"))
    address = reverse(ServiceItem.snippet_viewset.get_url_name("list"))

    def more(count: int) -> None:
        for _number in range(count):
            item = make_service_item(town.water, live=False)
            item.save_revision(user=town.editor("water"))
            submit(item, town.editor("water"))

    more(3)
    client.get(address)
    few = queries(client, address)
    more(10)

    assert queries(client, address) <= few
