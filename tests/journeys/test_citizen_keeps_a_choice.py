"""A citizen chooses what matters: kept on the device, found again from the home page, and by the link alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import make_disclosure

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from tests.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_town(town: Town) -> Town:
    """Give the town something to read."""
    make_disclosure(town.water, town.entries["water_price"], title="居民生活用水价格")
    return town


def test_a_choice_is_kept_and_the_home_page_leads_to_it(open_town: Town, tab: Page):
    tab.goto("/")
    tab.get_by_role("link", name="选我的行业").click()
    tab.get_by_label("供水", exact=True).check()
    tab.get_by_role("button", name="看我选的").click()
    tab.get_by_role("link", name="居民生活用水价格").wait_for()

    tab.goto(open_town.school.url)
    button = tab.get_by_role("button", name="选入我的行业")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    tab.goto("/")
    tab.get_by_role("link", name="看我的行业").click()

    tab.get_by_role("heading", name="我选的单位").wait_for()
    assert tab.url.endswith(f"/mine/?industry=water&unit={open_town.school.roster.code}")
    assert tab.context.cookies() == []


def test_a_link_that_was_sent_replaces_nothing_by_itself(open_town: Town, tab: Page):
    tab.goto("/mine/")
    tab.get_by_label("教育", exact=True).check()
    tab.get_by_role("button", name="看我选的").click()
    tab.get_by_role("heading", name="停供和抢修").wait_for()

    tab.goto("/mine/?industry=water")
    tab.goto("/mine/")
    tab.wait_for_url("**/mine/?industry=education")

    tab.goto("/mine/?industry=water")
    tab.get_by_role("button", name="设为我的行业").click()
    tab.goto("/mine/")
    tab.wait_for_url("**/mine/?industry=water")


def test_without_script_the_link_is_enough(open_town: Town, chromium: Browser, live_server: LiveServer):
    with chromium.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(open_town.water.url)
        page.get_by_role("link", name="选入我的行业").click()

        page.get_by_role("link", name="居民生活用水价格").wait_for()
        assert not page.get_by_role("button", name="设为我的行业").is_visible()
