"""axe finds nothing on any public template, in any state, language and way of reading, nor on our admin screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from .places import LANGUAGES, PLACES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.judge

# WCAG 2.2 A and AA, and what axe holds to be good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}


def complaints(tab: Page) -> list[str]:
    """Return what axe says, one line for each place."""
    found: list[dict[str, Any]] = Axe().run(tab, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {rule['help']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("city", "place"), PLACES, indirect=["city"])
def test_everybody_can_read_it(city, place, language, reading):
    address = f"{language}{city[place]}"
    joint = "&" if "?" in address else "?"

    tab = reading.open(address)
    found = {"light": complaints(tab)}
    tab.emulate_media(color_scheme="dark")
    found["dark"] = complaints(tab)
    tab.emulate_media(color_scheme="light")
    found["elder"] = complaints(reading.open(f"{address}{joint}mode=elder", width=390))

    assert found == {"light": [], "dark": [], "elder": []}
