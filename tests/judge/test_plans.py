"""Among 100,000 disclosures PostgreSQL reads no more than it needs to answer.

Rows that are counted are not looked at: a list with its exact total still counts them.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from pages.bulk import bulk_add
from pages.models import DisclosurePage, PublicationRecord, UnitPage
from tests.deep import cursor_behind
from tests.factories import make_disclosure
from tests.town import Town

pytestmark = [
    pytest.mark.judge,
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite does not tell how many rows it reads"),
]
ROWS, UNITS = 100_000, 1_000
# What one query may read in all tables together: some joins for a page of twenty rows.
MOST = 1_500
LISTS = "/api/v2/disclosures/?limit=20&fields=*"
PLACES = """
CREATE TEMPORARY TABLE place ON COMMIT DROP AS
SELECT g AS number, unit.id AS unit, unit.depth + 1 AS depth,
       unit.path || lpad((g / %s + 2)::text, 4, '0') AS path, unit.url_path || 'copy-' || g || '/' AS url_path
FROM generate_series(1, %s) g
JOIN (SELECT row_number() OVER (ORDER BY id) AS place, * FROM wagtailcore_page WHERE id = ANY(%s)) unit
  ON unit.place = g %% %s + 1
"""


@pytest.fixture
def crowd(town: Town, settings: Any) -> DisclosurePage:
    """Return the newest of many disclosures of many units."""
    settings.STORED_READS = False
    one = make_disclosure(town.water, town.entries["water_price"])
    units = [UnitPage(title=f"示例单位{number}", industry=town.industries["hall"]) for number in range(UNITS)]
    bulk_add(town.street, units, search=False)
    last: int = Page.objects.order_by("-pk").values_list("pk", flat=True)[0]
    key = f"{last} + place.number"
    with connection.cursor() as cursor:
        cursor.execute(PLACES, [UNITS, ROWS, [unit.pk for unit in units], UNITS])
        said = {"path": "place.path", "depth": "place.depth", "url_path": "place.url_path"}
        said |= {"slug": "'copy-' || place.number", "translation_key": "gen_random_uuid()"}
        multiply(cursor, Page, one.pk, {"id": key} | said)
        multiply(cursor, DisclosurePage, one.pk, {"page_ptr_id": key})
        ago = "first_published_at - place.number * interval '1 minute'"
        said = {"page_id": key, "organisation_id": "place.unit", "index_number": "'copy-' || place.number"}
        said |= {"id": "1000000 + place.number", "first_published_at": ago, "last_published_at": ago}
        multiply(cursor, PublicationRecord, one.record.pk, said)
        cursor.execute("ANALYZE")
    return one


def multiply(cursor: Any, model: Any, pk: int, said: dict[str, str]) -> None:
    """Write a row once for each place, with some columns said otherwise."""
    columns = [field.column for field in model._meta.local_concrete_fields]
    values = ", ".join(said.get(column, f'"{column}"') for column in columns)
    names, table = ", ".join(f'"{column}"' for column in columns), model._meta.db_table
    row = f'(SELECT * FROM {table} WHERE "{model._meta.pk.column}" = {pk}) one'
    cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM place, {row}")


def read_by(address: str) -> dict[str, int]:
    """Return how many rows each query behind an address reads."""
    client = Client()
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    asked = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert asked
    with connection.cursor() as cursor:
        return {sql: rows_read(planned(cursor, sql)) for sql in asked}


def planned(cursor: Any, sql: str) -> dict[str, Any]:
    cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
    plan = cursor.fetchone()[0]
    found: dict[str, Any] = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    return found


def rows_read(plan: dict[str, Any]) -> int:
    """Add up what all scans of a plan read, with what they threw away."""
    read = 0
    if "Scan" in plan["Node Type"]:
        thrown = plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
        read = int((plan["Actual Rows"] + thrown) * plan["Actual Loops"])
    return read + sum(rows_read(below) for below in plan.get("Plans", ()))


def too_much(address: str, most: int = MOST) -> dict[str, int]:
    """Return the queries that read too much; counting is another matter."""
    return {sql: rows for sql, rows in read_by(address).items() if rows > most and "COUNT(" not in sql}


def test_pages_and_lists_read_few_rows(crowd: DisclosurePage) -> None:
    unit = Page.objects.get(pk=PublicationRecord.objects.exclude(page=crowd).first().organisation_id)
    code = PublicationRecord.objects.get(page=crowd).organisation.roster.code
    first = Client().get(LISTS).json()
    deep = cursor_behind(ROWS * 9 // 10)
    addresses = [
        crowd.url,
        unit.url,
        f"{unit.url}catalogue/",
        f"/api/v2/disclosures/{crowd.pk}/",
        LISTS,
        f"{LISTS}&cursor={deep}",
        f"{LISTS}&order=first_published_at",
        f"{LISTS}&order=-last_published_at",
        f"{LISTS}&organisation={code}",
        f"{LISTS}&entry=water:B01",
        f"{LISTS}&entry=water:B01&organisation={code}",
        f"{LISTS}&industry={crowd.organisation.industry.code}",
        "/feed.atom",
        f"{unit.url}feed.atom",
    ]

    found = {address: queries for address in addresses if (queries := too_much(address))}
    # What is about all organisations reads them, and none of what they have made public.
    of_organisations = ["/api/v2/organisations/?limit=20&fields=*", "/sitemap.xml"]
    found |= {address: queries for address in of_organisations if (queries := too_much(address, MOST + 3 * UNITS))}

    assert first["meta"]["total_count"] == ROWS + 1
    assert found == {}
