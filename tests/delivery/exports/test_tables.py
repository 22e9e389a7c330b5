"""The tables: nightly and of the moment, in the words of the API."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.api.urls import ENDPOINTS as VIEWS
from cms.delivery.exports import reading
from cms.delivery.exports.columns import COLUMNS
from tests.api.crowd import add_crowd
from tests.api.showcase import build_showcase
from tests.factories import make_disclosure, make_service_item

from .acts import csv_rows, export, json_of, served, xlsx_rows

# Willow leaves the temporary file of a rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")


def test_every_endpoint_of_the_api_has_a_table():
    assert set(COLUMNS) == {view.endpoint for view in VIEWS}


def test_every_column_shows_something(town):
    build_showcase(town)
    make_service_item(town.water, code="W-HERE", connector="query")
    empty = {
        "industries": {"title_en", "classification", "rule"},
        "catalogue": {"legal_basis", "valid_from", "valid_to"},
        "notices": {"summary", "document_number", "generated_on"},
        "organisations": {"credit_code"},
        "service-items": {"meta.last_published_at"},
        "sites": {"host", "operator", "contact.phone", "contact.hours", "site_code", "icp_number", "police_number"},
        "redirects": {"page_withdrawal.kind_label", "page_withdrawal.reason"},
    }

    export("csv")

    for endpoint in COLUMNS:
        rows = csv_rows(f"files/{endpoint}.csv")
        filled = {name for row in rows for name, value in row.items() if value}
        assert set(rows[0]) - filled <= empty.get(endpoint, set()), endpoint


def test_a_row_says_what_the_api_says(town, client):
    page = make_disclosure(town.water, town.entries["water_price"], title="水价", summary="调整")
    shown = client.get(f"/api/v2/disclosures/{page.pk}/").json()

    (row,) = csv_rows("disclosures.csv")

    assert row["title"] == "水价"
    assert row["organisation.title"] == shown["organisation"]["title"]
    assert row["index_number"] == shown["index_number"]
    assert row["first_published_at"] == shown["first_published_at"]
    assert row["meta.detail_url"].endswith(f"/api/v2/disclosures/{page.pk}/")


def test_the_tables_of_the_frame_say_what_the_api_says(town):
    build_showcase(town)
    client = Client(SERVER_NAME="localhost")
    shown = {name: client.get(f"/api/v2/{name}/?fields=*").json()["items"] for name in ("sites", "menus", "redirects")}

    rows = {name: csv_rows(f"{name}.csv") for name in shown}

    assert {name: len(found) for name, found in rows.items()} == {name: len(found) for name, found in shown.items()}
    (site,), (menu,), (redirect,) = rows.values()
    assert site["title"] == shown["sites"][0]["title"]
    assert site["licence.text"] == shown["sites"][0]["licence"]["text"]
    assert menu["main.title"] == "；".join(link["title"] for link in shown["menus"][0]["main"])
    assert menu["main.url"] == "；".join(link["url"] for link in shown["menus"][0]["main"])
    assert (redirect["old_path"], redirect["status"]) == ("/old-water", "301")
    assert redirect["to_url"] == shown["redirects"][0]["to_url"]


def test_people_read_chinese_heads_and_texts_stay_texts(town):
    make_disclosure(town.water, town.entries["water_price"], title="=1+1", summary="@SUM(A1)")
    export("xlsx")

    heads, row = xlsx_rows("files/disclosures.xlsx")

    assert heads[1] == "标题"
    assert (row[1], row[9]) == ("=1+1", "@SUM(A1)")
    assert csv_rows("disclosures.csv")[0]["title"] == "'=1+1"


def test_a_table_of_the_moment_takes_the_filters_of_the_api(town):
    make_disclosure(town.water, town.entries["water_price"], title="水价")
    make_disclosure(town.school, town.entries["school_admission"], title="招生")

    rows = csv_rows("disclosures.csv?industry=water")

    assert [row["title"] for row in rows] == ["水价"]
    assert [row[1] for row in xlsx_rows("disclosures.xlsx?industry=education")] == ["标题", "招生"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("secter=water", "secter"), ("industry=nothing", "industry"), ("order=id", "order"), ("limit=1", "limit")],
)
def test_a_parameter_that_cannot_be_used_is_named(town, client, query, parameter):
    answer = client.get(f"/exports/disclosures.csv?{query}")

    assert answer.status_code == 400
    assert answer.json()["parameter"] == parameter


def test_more_than_a_reader_can_wait_for_is_refused_with_advice(town, client, settings):
    settings.EXPORT_MAX_ROWS = 1
    for title in ("甲", "乙"):
        make_disclosure(town.water, town.entries["water_price"], title=title)

    answer = client.get("/exports/disclosures.csv")

    assert answer.status_code == 400
    assert "/exports/files/disclosures.csv" in answer.json()["detail"]


def test_who_asks_too_often_is_told_to_wait(town, client, settings):
    settings.API_RATE_LIMIT = 1
    assert client.get("/exports/nothing.csv").status_code == 404

    first, second = (client.get(f"/exports/industries.{each}") for each in ("csv", "xlsx"))

    assert first.status_code == 200
    assert second.status_code == 429
    assert int(second["Retry-After"]) > 0
    assert b"".join(first)


@pytest.mark.parametrize("address", ["nothing.csv", "files/nothing.csv", "files/..%2Findex.json", "files/index.json"])
def test_what_does_not_exist_is_not_found(db, client, address):
    assert client.get(f"/exports/{address}").status_code == 404


def test_chunks_join_without_gap_or_repetition(town, monkeypatch):
    add_crowd(town, range(7))
    monkeypatch.setattr(reading, "CHUNK", 3)
    export("csv")

    found = [row["id"] for row in csv_rows("files/disclosures.csv")]

    assert found == [row["id"] for row in csv_rows("disclosures.csv")]
    assert len(found) == len(set(found)) >= 7


def test_a_chunk_costs_the_same_wherever_it_stands(town, monkeypatch):
    add_crowd(town, range(12))
    monkeypatch.setattr(reading, "CHUNK", 4)

    with CaptureQueriesContext(connection) as asked:
        call_command("export_public", "--format=csv")
    statements = [query["sql"] for query in asked]

    assert not [sql for sql in statements if "OFFSET" in sql or "COUNT(*)" in sql]


def test_the_list_states_size_digest_and_terms(town, settings):
    settings.EXPORT_LICENCE_URL = "https://licence.example.cn/"
    export("csv")

    listed = json_of("index.json")

    file = next(each for each in listed["files"] if each["name"] == "organisations.csv")
    content = served("files/organisations.csv")
    assert (file["size"], file["rows"]) == (len(content), len(csv_rows("files/organisations.csv")))
    assert "发布单位" in listed["licence"] + listed["attribution"]
    assert listed["licence_url"] == "https://licence.example.cn/"
    page = Client().get("/exports/").content.decode()
    assert "单位（CSV）" in page
    assert listed["licence"] in page
