"""A parent looks for the admission area of a school: five doors of the home page, three steps each at most.

On a phone and on a desk, in three languages, with script and without.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from tests.factories import IndustryPage, make_disclosure, make_page
from tests.service_map.conftest import put

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from tests.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "招生范围"
LANGUAGES = {"": "招生范围", "/zh-hant": "招生範圍", "/en": "招生范围"}
WIDTHS = (390, 1280)
STEPS = 3


class Walk:
    """Someone who counts his steps: each is a page that opens."""

    def __init__(self, tab: Page, prefix: str) -> None:
        self.tab, self.prefix, self.steps = tab, prefix, 0
        self.words = LANGUAGES[prefix]
        tab.goto(f"{prefix}/")

    def follow(self, end: str, within: str = "body") -> None:
        """Follow the first link on screen whose address ends so."""
        link = self.tab.locator(f'{within} a[href*="{end}"]:visible').first
        self.step(link.click)

    def step(self, act: Callable[[], object]) -> None:
        """Do what opens the next page."""
        with self.tab.expect_navigation():
            act()
        self.steps += 1

    def has_arrived(self) -> bool:
        """Is this the page of the disclosure?"""
        return self.words in self.tab.locator("h1").inner_text()


def by_search(walk: Walk, town: Town, goal: str) -> None:
    walk.tab.locator("input[type=search]").first.fill(walk.words)
    walk.step(lambda: walk.tab.locator("input[type=search]").first.press("Enter"))
    walk.follow(goal, "main")


def by_industry(walk: Walk, town: Town, goal: str) -> None:
    walk.follow("/education/", "main")
    walk.follow(town.school.url, "main")
    walk.follow(goal, "main")


def by_map(walk: Walk, town: Town, goal: str) -> None:
    walk.follow("/map/", "header")
    walk.follow(town.school.url, "main")
    walk.follow(goal, "main")


def by_roster(walk: Walk, town: Town, goal: str) -> None:
    walk.follow("/roster/", "header")
    walk.follow(town.school.url, "main")
    walk.follow(goal, "main")


def by_own_choice(walk: Walk, town: Town, goal: str) -> None:
    walk.follow("/mine/", "main")
    box = walk.tab.locator('input[name="industry"][value="education"]')
    box.check()
    walk.step(walk.tab.locator("[data-mine-form] button[type=submit]").first.click)
    walk.follow(goal, "main")


DOORS = (by_search, by_industry, by_map, by_roster, by_own_choice)


@pytest.fixture
def goal(town: Town) -> str:
    """Let the school say whom it takes, and stand on the map."""
    make_page(IndustryPage, town.portal, title="教育", slug="education", industry=town.industries["education"])
    put(town.school, "121.60", "38.90")
    page = make_disclosure(town.school, town.entries["school_admission"], title=TITLE)
    return str(page.url)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_five_doors_lead_to_it(town: Town, goal: str, chromium: Browser, live_server: LiveServer, script: bool):
    wrong = []
    for width, prefix, door in product(WIDTHS, LANGUAGES, DOORS):
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 844}, java_script_enabled=script
        )
        context.set_default_timeout(10_000)
        tab = context.new_page()
        try:
            walk = Walk(tab, prefix)
            door(walk, town, goal)
            if not walk.has_arrived() or walk.steps > STEPS:
                wrong.append((width, prefix, door.__name__, walk.steps, tab.url))
        except Exception as error:
            wrong.append((width, prefix, door.__name__, tab.url, str(error).splitlines()[0]))
        context.close()

    assert wrong == []
