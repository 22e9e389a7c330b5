"""Twenty write the tree through the admin's own addresses at the same moment: nothing is lost, nothing doubled."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.urls import reverse
from wagtail.models import Page

from tests.factories import make_person
from tests.town import build_town
from tests.workflows.acts import draft, signed_in

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
]
THREADS = 20
PLACES = ("hall", "school")
API = "wagtailadmin_api:pages:action"


def at_once(acts: list[Callable[[], Any]]) -> set[int]:
    """Do all of them; return the status codes."""

    def run(act: Callable[[], Any]) -> int:
        try:
            return int(act().status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return set(pool.map(run, acts))


def test_bulk_moves_api_moves_and_copies_at_once_keep_the_tree_whole() -> None:
    town = build_town()
    operator = make_person("operator", is_superuser=True)
    drafts = [draft(town, title=f"第{number}件") for number in range(THREADS)]
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])

    def bulk_move(page: Any) -> Callable[[], Any]:
        client = signed_in(operator)
        return lambda: client.post(f"{bulk}?id={page.pk}", {"chooser": town.hall.pk})

    def api_move(page: Any) -> Callable[[], Any]:
        client, data = signed_in(operator), {"destination_page_id": town.school.pk, "position": "last-child"}
        return lambda: client.post(reverse(API, args=[page.pk, "move"]), data, content_type="application/json")

    def copy(page: Any) -> Callable[[], Any]:
        client = signed_in(operator)
        data = {"new_title": page.title, "new_slug": f"copy-{page.pk}", "new_parent_page": town.water.pk}
        return lambda: client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)

    ways = [bulk_move, api_move, copy]
    codes = at_once([ways[number % 3](page) for number, page in enumerate(drafts)])

    assert codes <= {200, 201, 302}
    assert all(not problem for problem in Page.find_problems())
    counted = {
        place: Page.objects.get(pk=getattr(town, place).pk).get_children().count() for place in ("hall", "school")
    }
    assert counted == {"hall": 7, "school": 7}
    assert Page.objects.get(pk=town.water.pk).get_children().count() == 6 + 6
