"""A citizen reads: from the portal to an industry, a school, and what it has disclosed; with script and without."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.blocks.samples import raw_stream
from tests.factories import IndustryPage, StandardPage, make_disclosure, make_notice, make_page, make_unit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from tests.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 320, "height": 700}


@pytest.fixture
def open_town(town: Town) -> Town:
    """Give the town something to read."""
    for name in ("education", "water"):
        industry = town.industries[name]
        make_page(IndustryPage, town.portal, title=industry.title, industry=industry)
    make_page(StandardPage, town.portal, title="无障碍说明", kind="accessibility", body=raw_stream("text"))
    make_disclosure(town.school, town.entries["school_admission"], title="2027年招生计划", body=raw_stream("table"))
    make_notice(town.school, title="报名预告", kind="enrolment", ends_at=timezone.now() + timedelta(days=9))
    return town


@pytest.fixture
def plain_tab(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Open a tab in which no script runs."""
    context = chromium.new_context(base_url=live_server.url, locale="zh-CN", java_script_enabled=False)
    yield context.new_page()
    context.close()


def walk_to_a_disclosure(tab: Page) -> None:
    """Go from the portal through an industry and a school to a disclosure, by what the links say."""
    tab.goto("/")
    tab.get_by_role("link", name="教育").first.click()
    tab.get_by_role("heading", level=1, name="教育").wait_for()
    tab.get_by_role("link", name="示例小学", exact=True).click()
    tab.get_by_role("heading", level=1, name="示例小学").wait_for()
    tab.get_by_role("link", name="2027年招生计划").first.click()
    tab.get_by_role("heading", level=1, name="2027年招生计划").wait_for()


def is_large(tab: Page) -> bool:
    return tab.locator("html.elder").count() == 1


def has_no_overflow(tab: Page) -> bool:
    return bool(tab.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_citizen_finds_what_a_school_has_disclosed(open_town: Town, tab: Page):
    walk_to_a_disclosure(tab)

    assert tab.get_by_role("link", name="示例小学").first.is_visible()
    assert tab.get_by_text("现行有效").first.is_visible()


def test_no_script_is_needed(open_town: Town, plain_tab: Page):
    walk_to_a_disclosure(plain_tab)

    assert plain_tab.get_by_text("现行有效").first.is_visible()


def test_the_list_of_units_is_narrowed_without_script(open_town: Town, plain_tab: Page):
    make_unit(open_town.water_office, title="市直小学", industry=open_town.industries["primary"])

    plain_tab.goto("/jiao-yu/")
    plain_tab.get_by_label("地区").select_option("210202")
    plain_tab.get_by_role("button", name="查看").click()

    assert plain_tab.url.endswith("?division=210202")
    assert plain_tab.get_by_role("link", name="示例小学", exact=True).is_visible()
    assert plain_tab.get_by_role("link", name="市直小学").count() == 0


def test_large_type_stays_on_the_way(open_town: Town, tab: Page):
    tab.goto("/")
    tab.get_by_role("link", name="长者模式").click()
    assert is_large(tab)

    walk_to_a_disclosure(tab)
    assert is_large(tab)

    tab.get_by_role("link", name="标准模式").click()
    tab.goto("/")
    assert not is_large(tab)


def test_large_type_stays_on_the_way_without_script(open_town: Town, plain_tab: Page):
    plain_tab.goto("/")
    plain_tab.get_by_role("link", name="长者模式").click()

    walk_to_a_disclosure(plain_tab)

    assert is_large(plain_tab)


def test_every_page_fits_a_narrow_phone(open_town: Town, tab: Page):
    tab.set_viewport_size(PHONE)

    walk_to_a_disclosure(tab)
    assert has_no_overflow(tab)

    for page in (open_town.portal, open_town.district, open_town.education_office, open_town.school, open_town.water):
        tab.goto(page.url)
        assert has_no_overflow(tab), page.title


def test_the_keyboard_reaches_the_content_first(open_town: Town, tab: Page):
    tab.goto("/")

    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")

    assert tab.evaluate("document.activeElement.id") == "main"


def test_the_languages_lead_there_and_back(open_town: Town, tab: Page):
    tab.goto(open_town.school.url)

    tab.get_by_role("link", name="繁體").click()
    tab.get_by_role("heading", level=1, name="示例小學").wait_for()
    tab.get_by_role("link", name="市", exact=False).first.click()
    assert "/zh-hant/" in tab.url

    tab.goto(open_town.school.url)
    tab.get_by_role("link", name="English").click()
    tab.get_by_role("link", name="Read it in Chinese").click()
    assert tab.url.endswith(open_town.school.url)


# A speaker that writes down what it is given: the machines that test have no voices.
SPEAKER = """
window.said = [];
Object.defineProperty(window, "speechSynthesis", { value: {
  speak(utterance) { window.said.push([utterance.lang, utterance.text]); },
  cancel() { window.said.push(["", "stop"]); },
}});
"""


def test_in_elder_mode_a_page_is_read_aloud(open_town: Town, tab: Page):
    tab.add_init_script(SPEAKER)
    tab.goto(open_town.school.url)
    button = tab.get_by_role("button", name="朗读本页")
    assert not button.is_visible()

    tab.get_by_role("link", name="长者模式").click()
    button.click()

    said = tab.evaluate("window.said")
    assert ["zh-CN", open_town.school.title] in said
    assert all(text.strip() and "\n" not in text for _, text in said)

    tab.get_by_role("button", name="停止朗读").click()

    assert tab.evaluate("window.said").pop() == ["", "stop"]
    assert button.is_visible()
