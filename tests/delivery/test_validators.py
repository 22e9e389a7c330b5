"""What caches may keep, and what is answered to those who have it already."""

from __future__ import annotations

import gzip

import pytest

from cms.api.problems import MEDIA_TYPE
from snippets.models import Industry
from tests.factories import make_disclosure, make_person

LIST = "/api/v2/industries/"


@pytest.fixture
def pages(town):
    paper = make_disclosure(town.water, town.entries["water_price"], title="水价")
    return ["/", paper.url, LIST, f"/api/v2/disclosures/{paper.pk}/", f"/zh-hant{LIST}", f"/zh-hant{paper.url}"]


def test_what_is_public_may_be_kept_and_is_asked_about_each_time(client, pages):
    for address in pages:
        first = client.get(address)
        again = client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])

        assert first["Cache-Control"] == again["Cache-Control"] == "public, no-cache"
        assert first["ETag"].startswith('"')
        assert "accept-language" not in first.get("Vary", "").lower()
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"]), address


def test_the_validator_is_that_of_the_bytes(client, pages, town):
    before = client.get(LIST)
    Industry.objects.filter(code="water").update(title="改过的名称")

    after = client.get(LIST, HTTP_IF_NONE_MATCH=before["ETag"])

    assert after.status_code == 200
    assert after["ETag"] != before["ETag"] != client.get(f"/zh-hant{LIST}")["ETag"]


def test_what_was_renamed_above_is_never_taken_for_unchanged(client, town, pages):
    page = pages[1]
    before = client.get(page)
    town.water.title = "改名的公司"
    town.water.save_revision().publish(skip_permission_checks=True)

    answer = client.get(page, HTTP_IF_NONE_MATCH=before["ETag"], HTTP_IF_MODIFIED_SINCE="Fri, 01 Jan 2100 00:00:00 GMT")

    assert answer.status_code == 200


@pytest.mark.parametrize("condition", ["*", 'W/{}, "other"', '"other", {}'])
def test_every_form_of_the_condition_is_understood(client, db, condition):
    etag = client.get(LIST)["ETag"]

    assert client.get(LIST, HTTP_IF_NONE_MATCH=condition.format(etag)).status_code == 304


@pytest.mark.parametrize("condition", ["", "nonsense", '"other"', "'", '"' * 500])
def test_any_other_condition_gets_the_whole(client, db, condition):
    assert client.get(LIST, HTTP_IF_NONE_MATCH=condition).status_code == 200
    assert client.get(LIST, HTTP_IF_MATCH='"other"').status_code == 200


def test_other_sites_may_read_that_nothing_changed(client, db):
    origin = {"HTTP_ORIGIN": "https://elsewhere.example"}
    etag = client.get(LIST, **origin)["ETag"]

    answer = client.get(LIST, HTTP_IF_NONE_MATCH=etag, **origin)

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    assert "If-None-Match" in client.options(LIST, **origin)["Access-Control-Allow-Headers"]


def test_a_head_request_has_the_validator_of_the_answer(client, db):
    assert client.head(LIST)["ETag"] == client.get(LIST)["ETag"]


@pytest.mark.parametrize("address", [f"{LIST}?a=1", "/api/v2/nothing/", "/nothing/", "/api/v2/industries"])
def test_what_is_missing_today_is_asked_for_again_tomorrow(client, town, address):
    answer = client.get(address)

    assert answer["Cache-Control"] == "no-cache"
    assert not answer.has_header("ETag")


def test_what_staff_see_of_the_public_site_is_theirs(client, pages):
    client.force_login(make_person("root", is_superuser=True))

    page, shown = client.get("/"), client.get(LIST)

    assert page["Cache-Control"] == "private, no-cache"
    assert not page.has_header("ETag")
    assert shown["Cache-Control"] == "public, no-cache"


def test_what_sets_a_cookie_is_for_one_reader(client, pages):
    assert client.get("/?mode=elder")["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/pages/", "/healthz", "/readyz"])
def test_tools_are_never_kept(client, town, address):
    anonymous = client.get(address)
    client.force_login(make_person("root", is_superuser=True))
    signed_in = client.get(address)

    for answer in (anonymous, signed_in):
        assert "no-store" in answer["Cache-Control"]
        assert "public" not in answer["Cache-Control"]


def test_the_public_answers_are_compressed_for_those_who_can_read_that(client, pages):
    plain = client.get(pages[3])
    packed = client.get(pages[3], HTTP_ACCEPT_ENCODING="gzip")

    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] == f"W/{plain['ETag']}"
    assert "Accept-Encoding" in plain["Vary"]
    again = client.get(pages[3], HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=packed["ETag"])
    assert again.status_code == 304
    assert not again.has_header("Content-Encoding")


def test_nothing_personal_and_no_refusal_is_compressed(client, pages):
    refused = client.get(f"{LIST}?{'a' * 300}=1", HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(make_person("root", is_superuser=True))
    page = client.get("/", HTTP_ACCEPT_ENCODING="gzip")

    assert refused["Content-Type"] == MEDIA_TYPE
    assert not refused.has_header("Content-Encoding")
    assert not page.has_header("Content-Encoding")


def test_where_nginx_compresses_we_need_not(client, pages, settings):
    settings.COMPRESS_RESPONSES = False

    assert not client.get(pages[3], HTTP_ACCEPT_ENCODING="gzip").has_header("Content-Encoding")
