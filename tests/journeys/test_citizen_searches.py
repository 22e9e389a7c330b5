"""A citizen searches: by the keyboard alone, without script, on a narrow screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import make_disclosure

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from tests.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "居民生活用水价格"


@pytest.fixture
def open_town(town: Town) -> Town:
    """Give the town something to find."""
    make_disclosure(town.water, town.entries["water_price"], title=TITLE, body=[("text", "<p>每立方米 3.20 元。</p>")])
    return town


def focused(tab: Page) -> str:
    """Return what the focus is on, in the words a screen reader would say."""
    words: str = tab.evaluate("(document.activeElement.innerText || document.activeElement.ariaLabel || '').trim()")
    return words


def tab_to(tab: Page, words: str, limit: int = 60) -> None:
    """Press Tab until the focus is on something that says these words."""
    for _press in range(limit):
        tab.keyboard.press("Tab")
        if words in focused(tab):
            return
    raise AssertionError(f"the keyboard does not reach {words}")


def test_the_keyboard_alone_leads_to_an_answer(open_town: Town, tab: Page):
    tab.goto("/")
    tab.keyboard.press("Tab")
    assert "正文" in focused(tab) or "内容" in focused(tab)

    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.type("用水价格")
    tab.keyboard.press("Enter")
    tab.get_by_role("heading", level=1, name="用水价格").wait_for()

    tab_to(tab, TITLE)
    tab.keyboard.press("Enter")
    tab.get_by_role("heading", level=1, name=TITLE).wait_for()


def test_search_needs_no_script(open_town: Town, chromium: Browser, live_server: LiveServer):
    context = chromium.new_context(base_url=live_server.url, locale="zh-CN", java_script_enabled=False)
    tab = context.new_page()

    tab.goto("/")
    tab.get_by_role("searchbox").first.fill("用水价格")
    tab.get_by_role("button", name="搜索").first.click()
    tab.get_by_role("main").get_by_role("link", name=TITLE).first.click()

    assert tab.get_by_role("heading", level=1, name=TITLE).is_visible()
    context.close()


def test_who_enlarges_four_times_scrolls_in_one_direction(open_town: Town, chromium: Browser, live_server: LiveServer):
    # WCAG 1.4.10: 1280 px at 400 % are 320 px of the page.
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 320, "height": 256}, device_scale_factor=4
    )
    tab = context.new_page()

    for address in ("/", open_town.water.url, "/search/?q=用水价格", f"{open_town.water.url}catalogue/"):
        tab.goto(address)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, address
    context.close()
