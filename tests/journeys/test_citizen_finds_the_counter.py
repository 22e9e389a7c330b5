"""A citizen looks for a counter on the map: with the script, from where he stands, and without any of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.service_map.conftest import add_outlet, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from tests.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HERE = {"longitude": 121.7001, "latitude": 38.9501}


@pytest.fixture
def counters(town: Town) -> Town:
    """Give the town three counters, far enough from each other to be told apart."""
    put(town.water, "121.60", "38.90")
    add_outlet(town.water, "示例西营业厅", "121.50", "38.90")
    add_outlet(town.water, "示例东营业厅", "121.70", "38.95")
    return town


@pytest.fixture
def at_home(chromium: Browser, live_server: LiveServer) -> Iterator[tuple[Page, list[str]]]:
    """Open a phone that tells where it is, and note what it asks for and what fails in it."""
    with chromium.new_context(
        base_url=live_server.url,
        viewport={"width": 390, "height": 844},
        geolocation=HERE,
        permissions=["geolocation"],
        reduced_motion="reduce",
    ) as context:
        page, noted = context.new_page(), []
        page.on("pageerror", lambda error: noted.append(f"error {error}"))
        page.on("console", lambda said: noted.append(f"error {said.text}") if said.type == "error" else None)
        page.on("request", lambda request: noted.append(request.url))
        yield page, noted


def pins(page: Page) -> list[str]:
    return [pin.get_attribute("aria-label") or "" for pin in page.locator(".map__pin").all()]


def test_the_map_shows_the_list_under_the_same_numbers(counters: Town, at_home: tuple[Page, list[str]]):
    page, noted = at_home
    page.goto("/map/?industry=water")
    page.locator(".map__pin").first.wait_for()

    assert pins(page) == ["1 示例自来水公司", "2 示例西营业厅 示例自来水公司", "3 示例东营业厅 示例自来水公司"]
    page.locator("[data-show='3']").click()
    page.locator(".leaflet-popup", has_text="示例东营业厅").wait_for()
    assert [each for each in noted if each.startswith("error")] == []


def test_from_where_he_stands_the_nearest_comes_first_and_nobody_is_told(
    counters: Town, at_home: tuple[Page, list[str]]
):
    page, noted = at_home
    page.goto("/map/?industry=water")
    page.locator(".map__pin").first.wait_for()
    noted.clear()

    page.get_by_role("button", name="离我最近的").click()
    page.get_by_text("位置只在您的设备上使用").wait_for()

    assert page.locator("#places-list .row__title").all_inner_texts() == [
        "示例东营业厅",
        "示例自来水公司",
        "示例西营业厅",
    ]
    assert noted == []


def test_without_script_the_list_is_complete_and_leads_on(counters: Town, chromium: Browser, live_server: LiveServer):
    with chromium.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_role("link", name="地图", exact=True).click()
        page.get_by_label("在哪里附近").fill("示例东营业厅")
        page.get_by_label("行业").select_option("water")
        page.get_by_role("button", name="查找").click()
        page.get_by_text("没有找到").wait_for()
        page.get_by_label("在哪里附近").fill("示例自来水公司")
        page.get_by_role("button", name="查找").click()

        page.locator(".outlet", has_text="示例西营业厅").get_by_role("link", name="怎么去").click()
        page.get_by_text("直线距离 8.7 公里").wait_for()
