"""What the map is drawn on, what browsers may load for it, and who may frame it."""

from __future__ import annotations

import pytest
from django.test import Client

from cms.service_map import tiles
from tests.pages.seen import Seen
from tests.town import Town

TILES = ["https://t{s}.tianditu.gov.cn/vec_w/wmts?LAYER=vec&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=KEY"]


@pytest.fixture
def provider(settings):
    settings.MAP_TILES, settings.MAP_ATTRIBUTION = TILES, "天地图"
    settings.MAP_REVIEW_NUMBER = "GS(2026)0000号"
    return settings


def policy(path: str) -> dict[str, str]:
    response = Client(SERVER_NAME="localhost").get(path)
    parts = [part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";")]
    return {name: values for name, _space, values in parts}


def test_without_a_provider_the_schematic_says_that_it_is_one(placed: Town):
    seen = Seen("/map/")

    assert "示意图，非测绘成果" in seen.main
    assert "data-tiles" not in seen.html


def test_the_review_number_is_shown_with_the_map(placed: Town, provider):
    seen = Seen("/map/")

    assert "审图号：GS(2026)0000号" in seen.main
    assert 'data-tiles="https://t{s}.tianditu.gov.cn' in seen.html


def test_a_map_without_review_number_is_not_shown(placed: Town, provider):
    provider.MAP_REVIEW_NUMBER = ""

    seen = Seen("/map/")

    assert "data-tiles" not in seen.html
    assert policy("/map/")["img-src"] == "'self' data:"


def test_the_policy_names_the_provider_for_pictures_and_nobody_else(placed: Town, provider):
    found = policy("/map/")

    assert found["img-src"] == "'self' data: https://*.tianditu.gov.cn"
    assert (found["default-src"], found["object-src"], found["frame-ancestors"]) == ("'self'", "'none'", "'self'")


def test_the_page_has_nothing_its_policy_forbids(placed: Town):
    for path in ("/map/", "/map/embed/", f"/map/route/?to={placed.school.roster.code}&from=121.6,38.9"):
        html = Seen(path).html
        assert " style=" not in html, path
        assert "<style" not in html, path
        assert "onclick" not in html, path
        assert html.count("<script>") == 0, path


def test_only_this_site_frames_the_map_unless_the_setting_names_others(placed: Town, settings):
    client = Client(SERVER_NAME="localhost")
    assert client.get("/map/embed/")["X-Frame-Options"] == "SAMEORIGIN"

    settings.MAP_EMBED_ANCESTORS = ["https://www.example.gov.cn"]

    assert "X-Frame-Options" not in client.get("/map/embed/")
    assert policy("/map/embed/")["frame-ancestors"] == "'self' https://www.example.gov.cn"
    assert client.get("/map/")["X-Frame-Options"] == "SAMEORIGIN"
    assert policy("/map/")["frame-ancestors"] == "'self'"


def test_the_embedded_map_leads_to_the_whole_one_with_the_same_choice(placed: Town):
    seen = Seen("/map/embed/", industry="water", page="1")

    assert "masthead" not in seen.html
    assert [row["title"] for row in seen.context["rows"]] == ["示例自来水公司", "示例营业厅一", "示例营业厅二"]
    assert "/map/?industry=water" in seen.links.values()


def test_a_host_without_a_changing_part_is_named_as_it_is(settings):
    settings.MAP_TILES, settings.MAP_REVIEW_NUMBER = ["https://maps.example.org:8443/{z}/{x}/{y}.png", "/own/{z}"], "x"

    assert tiles.origins() == ["https://maps.example.org:8443"]
