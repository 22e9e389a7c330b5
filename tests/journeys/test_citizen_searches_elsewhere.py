"""A citizen looks beyond this portal: what a second one has published is found in the first."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cms.joint.models import OutsideSource
from tests.factories import make_disclosure
from tests.joint.answering import answering, make_source
from tests.joint.sister import SERVICE, TITLE, sister
from tests.server.site import House, site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from tests.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OWN = "居民生活用水价格"


@pytest.fixture
def second(town: Town, settings: Any, tmp_path: Path) -> Iterator[House]:
    """Furnish a second portal, and name it to the first."""
    OutsideSource.objects.all().delete()
    make_disclosure(town.water, town.entries["water_price"], title=OWN)
    with sister(tmp_path) as house:
        settings.GUARDED_HTTP_ALLOWED = [house.url.removeprefix("http://")]
        make_source(f"{house.url}/", "gongkai", title="邻市办事公开网")
        yield house


def warm(house: House) -> None:
    """Let each process of a portal answer once: its first answer takes longer than another waits for it."""
    for _turn in range(8):
        house.ask("/api/v2/pages/?search=warm")
        house.ask("/api/v2/service-items/?search=warm")


def test_what_a_second_portal_has_is_found_in_the_first_and_its_silence_is_told(
    second: House, tab: Page, live_server: LiveServer
):
    asked: set[str] = set()
    tab.on("request", lambda request: asked.add(request.url.split("/")[2]))
    with site(second):
        warm(second)
        tab.goto("/search/?q=用水价格")
        tab.get_by_role("link", name="到别处找").click()
        tab.get_by_role("link", name=OWN, exact=True).wait_for()
        found = tab.get_by_role("region", name="邻市办事公开网").get_by_role("link", name=TITLE)
        found.wait_for()
        assert found.get_attribute("href").startswith(second.url)
        # The browser asked nobody but us.
        assert asked == {live_server.url.removeprefix("http://")}
        found.click()
        tab.get_by_role("heading", level=1, name=TITLE).wait_for()

    tab.goto("/search/outside/?q=水价")

    tab.get_by_text("起没有应答：连不上。").wait_for()
    assert tab.get_by_role("main").get_by_text(OWN).first.is_visible()


def test_without_script_each_source_is_one_click_away(second: House, chromium: Browser, live_server: LiveServer):
    context = chromium.new_context(base_url=live_server.url, locale="zh-CN", java_script_enabled=False)
    tab = context.new_page()
    with site(second):
        warm(second)
        tab.goto("/search/outside/?q=用水价格")
        assert tab.get_by_role("link", name=OWN, exact=True).is_visible()
        tab.get_by_role("link", name="在“邻市办事公开网”中查找").click()
        assert tab.get_by_role("link", name=TITLE).is_visible()
        tab.goto("/search/outside/gongkai/?q=用水量")
        assert tab.get_by_role("link", name=SERVICE).is_visible()

    tab.goto("/search/outside/gongkai/?q=水价")

    assert tab.get_by_text("起没有应答：连不上。").is_visible()
    context.close()


def test_own_results_stand_there_while_another_thinks(town: Town, tab: Page, settings: Any):
    OutsideSource.objects.all().delete()
    make_disclosure(town.water, town.entries["water_price"], title=OWN)
    thought = threading.Event()

    def think(handler: Any) -> None:
        thought.wait(1.5)
        handler.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"results": []}')

    with answering(settings) as engine:
        engine.manner = think
        make_source(engine)
        tab.goto("/search/outside/?q=用水价格")
        assert tab.get_by_role("main").get_by_text(OWN).first.is_visible()
        assert tab.get_by_text("正在问……").is_visible()
        thought.set()
        tab.get_by_text("那里没有找到。").wait_for()


def test_who_enlarges_four_times_scrolls_in_one_direction(town: Town, chromium: Browser, live_server: LiveServer):
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 320, "height": 256}, device_scale_factor=4
    )
    tab = context.new_page()

    tab.goto("/search/outside/?q=用水价格")

    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
