"""Everything under /api/ answers in JSON, to everybody, the same."""

from __future__ import annotations

import pytest

from cms.api.problems import MEDIA_TYPE
from tests.api.asking import ENDPOINTS
from tests.factories import make_person


@pytest.mark.parametrize(
    "address",
    [
        "/api/",
        "/api/v3/",
        "/api/v2/nothing/",
        "/api/v2/organisations/abc/",
        "/api/v2/organisations/0/",
        "/api/v2/organisations/99999999/",
        "/api/v2/organisations/999999999999999999/",
        "/api/v2/organisations/" + "9" * 5000 + "/",
        "/api/v2/organisations/1/2/",
        "/api/v2/organisations/%00/",
        "/api/v2/organisations/%FF/",
        "/api/v2/organisations/find/",
        "/zh-hant/api/v2/nothing/",
    ],
    ids=lambda address: address[:40],
)
def test_where_nothing_is_the_answer_is_a_404_in_json(client, db, address):
    response = client.get(address)

    assert response.status_code == 404
    assert response["Content-Type"] == MEDIA_TYPE
    assert set(response.json()) == {"type", "title", "status", "detail", "instance", "parameter"}


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_writing_is_a_405_in_json(client, db, endpoint, method):
    response = client.generic(method, f"/api/v2/{endpoint}/", b"{", content_type="application/json")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == MEDIA_TYPE
    assert "GET" in response.json()["detail"]


def test_a_missing_slash_is_put_right(client, db):
    response = client.get("/api/v2/organisations?limit=1")

    assert response.status_code == 301
    assert response["Location"] == "/api/v2/organisations/?limit=1"


def test_a_head_request_has_the_headers_and_no_body(client, db):
    response = client.head("/api/v2/organisations/")

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response.content == b""


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*", "nonsense"])
def test_the_answer_is_json_whatever_is_accepted(client, db, accept):
    response = client.get("/api/v2/industries/", HTTP_ACCEPT=accept)

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"


def test_pages_of_other_sites_may_read(client, db):
    for address, status in [("organisations/", 200), ("organisations/?a=1", 400), ("nothing/", 404)]:
        response = client.get(f"/api/v2/{address}", HTTP_ORIGIN="https://elsewhere.example")

        assert response.status_code == status
        assert response["Access-Control-Allow-Origin"] == "*"


def test_a_preflight_is_answered(client, db):
    response = client.options("/api/v2/organisations/", HTTP_ORIGIN="https://elsewhere.example")

    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_only_named_sites_may_read_where_some_are_named(client, db, settings):
    settings.API_CORS_ORIGINS = ["https://friend.example"]

    friend = client.get("/api/v2/industries/", HTTP_ORIGIN="https://friend.example")
    stranger = client.get("/api/v2/industries/", HTTP_ORIGIN="https://stranger.example")

    assert friend["Access-Control-Allow-Origin"] == "https://friend.example"
    assert "Access-Control-Allow-Origin" not in stranger
    assert "Origin" in stranger["Vary"]


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_staff_read_what_everybody_reads_without_a_cookie(client, town, endpoint):
    before = client.get(f"/api/v2/{endpoint}/?fields=*")
    client.force_login(make_person("root", is_superuser=True))

    after = client.get(f"/api/v2/{endpoint}/?fields=*")

    assert after.content == before.content
    assert not after.cookies
    assert "Cookie" not in after.get("Vary", "")


def test_the_front_page_names_the_endpoints_and_the_documentation(api, client, db):
    shown = api.answer("").json()

    assert set(shown["endpoints"]) == set(ENDPOINTS)
    for address in [*shown["endpoints"].values(), shown["openapi"], shown["documentation"]]:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_traditional_chinese_has_its_own_addresses(client, town):
    shown = client.get(f"/zh-hant/api/v2/organisations/{town.school.pk}/").json()

    assert shown["title"] == "示例小學"
    assert shown["meta"]["detail_url"] == f"http://testserver/zh-hant/api/v2/organisations/{town.school.pk}/"
    assert shown["meta"]["html_url"].startswith("http://testserver/zh-hant/")
