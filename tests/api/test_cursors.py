"""A list is read to its end by cursor: nothing twice, nothing left out, and no page dearer than the first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.api.endpoints.notices import NoticesAPIViewSet
from pages.models import NoticePage, PublicationRecord
from tests.api.asking import ENDPOINTS
from tests.factories import make_disclosure, make_notice
from tests.server.replay import Replay
from tests.town import replay_town

# Willow leaves the temporary file of a rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def pages_of(api, endpoint: str, **parameters: Any) -> list[list[int]]:
    """Return the ids of each page of a list, read by cursor."""
    found: list[list[int]] = []
    cursor: dict[str, str] = {}
    while True:
        answer = api.answer(f"{endpoint}/", **parameters, **cursor)
        assert answer.status_code == 200, answer.content.decode()
        shown = answer.json()
        found.append([item["id"] for item in shown["items"]])
        if shown["meta"]["next_cursor"] is None:
            assert shown["meta"]["next"] is None
            return found
        cursor = {"cursor": shown["meta"]["next_cursor"]}


def all_at_once(api, endpoint: str, **parameters: Any) -> list[int]:
    return [item["id"] for item in api.list(endpoint, limit=100, **parameters)]


def seven_notices() -> list[NoticePage]:
    """Make seven notices with times that are shared, and times that are missing."""
    town = replay_town()
    starts = [NOON, None, NOON, NOON + timedelta(days=1), None, NOON, None]
    ends = [NOON, None, None, NOON + timedelta(days=2), NOON, NOON, NOON]
    return [
        make_notice(town.water, title=f"公告{n % 3}", starts_at=start, ends_at=end)
        for n, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


replay_notices = Replay(seven_notices)


@pytest.fixture
def notices(db):
    return replay_notices.lazily()


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_every_list_can_be_read_to_its_end(api, crowded, endpoint):
    found = pages_of(api, endpoint, limit=2)

    assert [row for page in found for row in page] == all_at_once(api, endpoint)
    assert all(len(page) == 2 for page in found[:-1])


@pytest.mark.parametrize("order", [f"{sign}{name}" for name in NoticesAPIViewSet.orderings for sign in ("", "-")])
@pytest.mark.parametrize("limit", [1, 3])
def test_every_order_is_kept_also_where_nothing_is_written(api, notices, order, limit):
    found = pages_of(api, "notices", order=order, limit=limit)

    assert [row for page in found for row in page] == all_at_once(api, "notices", order=order)
    assert sum(map(len, found)) == len(notices)


@pytest.mark.parametrize("order", ["starts_at,-ends_at", "-starts_at,ends_at,title", "title,-starts_at", "id,id"])
def test_several_columns_are_kept_in_their_directions(api, notices, order):
    found = pages_of(api, "notices", order=order, limit=1)

    assert [row for page in found for row in page] == all_at_once(api, "notices", order=order)


def test_translations_are_read_by_their_own_dates(api, showcase):
    found = pages_of(api, "pages", locale="en", order="-last_published_at", limit=1)

    assert [row for page in found for row in page] == all_at_once(api, "pages", locale="en", order="-last_published_at")


def test_what_comes_in_meanwhile_is_neither_doubled_nor_in_the_way(api, notices):
    first = api.answer("notices/", limit=3).json()
    make_notice(notices[0].get_parent().specific, title="刚刚")
    NoticePage.objects.get(pk=first["items"][-1]["id"]).delete()

    second = api.answer("notices/", limit=100, cursor=first["meta"]["next_cursor"]).json()

    assert {item["id"] for item in second["items"]} == {each.pk for each in notices} - {
        item["id"] for item in first["items"]
    }


def test_the_address_of_the_next_page_can_be_asked_as_it_stands(api, client, notices):
    first = api.answer("notices/", limit=2, order="title", publicity="active").json()
    address = urlsplit(first["meta"]["next"])

    second = client.get(address.path, QUERY_STRING=address.query).json()

    assert address.netloc == "testserver"
    assert len(second["items"]) == 2
    assert not {item["id"] for item in first["items"]} & {item["id"] for item in second["items"]}


def test_one_may_begin_by_offset_and_go_on_by_cursor(api, notices):
    shown = api.answer("notices/", limit=2, offset=2).json()

    rest = api.answer("notices/", limit=100, cursor=shown["meta"]["next_cursor"]).json()

    assert [item["id"] for item in shown["items"] + rest["items"]] == all_at_once(api, "notices")[2:]


def test_the_number_of_rows_and_the_fields_may_change_on_the_way(api, notices):
    cursor = api.answer("notices/", limit=2).json()["meta"]["next_cursor"]

    assert len(api.list("notices", limit=4, fields="_,title", cursor=cursor)) == 4


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("notices/", "order=title&cursor={}"),
        ("notices/", "kind=emergency&cursor={}"),
        ("notices/", "locale=en&cursor={}"),
        ("disclosures/", "cursor={}"),
        ("notices/", "cursor={}x"),
        ("notices/", "cursor=x{}"),
        ("notices/", "cursor=abc:def"),
        ("notices/", "cursor=nonsense"),
        ("notices/", "cursor=%E6%B0%B4:x"),
        ("notices/", "cursor=" + "9" * 5000),
        ("notices/", "offset=2&cursor={}"),
        ("notices/", "search=x&cursor={}"),
    ],
)
def test_a_cursor_of_another_list_or_of_none_is_refused(api, notices, address, query):
    cursor = api.answer("notices/", limit=2).json()["meta"]["next_cursor"]

    assert api.refusal(address, query.format(cursor))["parameter"] == "cursor"


def test_a_cursor_with_the_right_name_and_another_key_is_refused(api, notices):
    forged = Signer(key="guessed", salt="cursor").sign_object(["2026-11-23T00:00:00+00:00", 1])

    assert api.refusal("notices/", cursor=forged)["parameter"] == "cursor"


def test_no_rows_asked_for_lead_nowhere(api, notices):
    assert api.answer("notices/", limit=0).json()["meta"] == {
        "total_count": 7,
        "total_is_lower_bound": False,
        "next_cursor": None,
        "next": None,
    }


def test_a_search_is_read_on_by_offset(api, town):
    for n in range(3):
        make_disclosure(town.water, town.entries["water_price"], title=f"水价{n}")

    first = api.answer("disclosures/", search="水价", limit=2).json()

    assert first["meta"]["next_cursor"] is None
    assert first["meta"]["next"].endswith("&limit=2&offset=2")


def test_a_page_by_cursor_skips_over_nothing_and_costs_what_the_first_costs(api, notices):
    # The first asking caches sites and types.
    api.answer("notices/")
    with CaptureQueriesContext(connection) as first:
        cursor = api.answer("notices/", limit=2).json()["meta"]["next_cursor"]
    with CaptureQueriesContext(connection) as second:
        api.answer("notices/", limit=2, cursor=cursor)

    assert len(second) == len(first)
    assert not [query["sql"] for query in second if "OFFSET" in query["sql"]]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks the planner of PostgreSQL")
def test_the_latest_are_read_from_an_index_however_deep(api, notices):
    moved = NOON
    for record in PublicationRecord.objects.all():
        moved += timedelta(hours=1)
        PublicationRecord.objects.filter(pk=record.pk).update(first_published_at=moved)
    cursor = api.answer("notices/", limit=2).json()["meta"]["next_cursor"]
    with CaptureQueriesContext(connection) as asked:
        api.answer("notices/", limit=2, cursor=cursor)
    (query,) = [each["sql"] for each in asked if "keyset_0" in each["sql"]]

    with connection.cursor() as database:
        # So few rows are read at once, and sorted, unless that is forbidden.
        for name in ("seqscan", "bitmapscan", "sort"):
            database.execute(f"SET LOCAL enable_{name} = off")
        database.execute(f"EXPLAIN {query}")
        plan = "\n".join(line for (line,) in database.fetchall())

    assert "record_latest" in plan
    assert "Index Cond: (first_published_at <=" in plan
