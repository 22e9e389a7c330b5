"""A citizen looks for the nearest counter that takes payments, and is told the way by a real Valhalla."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.routing.extract import corner
from tests.server.valhalla import valhalla
from tests.service_map.conftest import add_outlet, put

from .ways_of_reading import Reader, reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.town import Town

__all__ = ["reader"]

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run Valhalla for the journeys of this module."""
    with valhalla(tmp_path_factory.mktemp("v")) as found:
        yield found


def at(column: int, row: int) -> tuple[str, str]:
    longitude, latitude = corner(column, row)
    return f"{longitude:.6f}", f"{latitude:.6f}"


@pytest.fixture
def counters(town: Town, engine: str, settings) -> Town:
    """Put a school and three counters on the streets that the engine knows; two of them take payments."""
    settings.ROUTE_ENGINE_URL, settings.GUARDED_HTTP_ALLOWED = engine, [urlsplit(engine).netloc]
    put(town.school, *at(3, 3))
    put(town.water, *at(0, 0))
    add_outlet(town.water, "示例远营业厅", *at(0, 1))
    add_outlet(town.water, "示例近营业厅", *at(4, 2))
    add_outlet(town.water, "示例咨询台", *at(3, 2), services="咨询")
    return town


def test_the_nearest_counter_and_the_way_to_it(counters: Town, reader: Reader):
    page = reader.page
    # Given: the map, asked for what he wants to have done and where he is.
    page.goto(f"{reader.language}/map/")
    page.locator("input[name=service]").fill("缴费")
    page.locator("input[name=near]").fill("示例小学")
    page.locator("input[name=near]").press("Enter")
    nearest = page.locator("#places-list .outlet").first
    assert any(each in nearest.inner_text() for each in ("示例近营业厅", "示例近營業廳"))

    # When: he asks for the way.
    nearest.locator("a[href*='/map/route/']").click()

    # Then: the steps are told, drawn where there is a script, and fit the tab.
    page.locator("ol.way li").first.wait_for()
    assert page.locator("ol.way li").count() >= 2
    if reader.has_script:
        page.locator("path.map__route").wait_for(state="attached")
    assert reader.fits()
    page.locator("select[name=mode]").select_option("cycling")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**mode=cycling**")
    page.locator("ol.way li").first.wait_for()
