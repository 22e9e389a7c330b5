"""How citizens read: three languages, a desk and a phone, with scripts and without."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer


@dataclass(frozen=True)
class Reader:
    """A tab, and how it is read."""

    page: Page
    language: str
    width: int
    has_script: bool

    def fits(self) -> bool:
        """Does the page need no more room than the tab has?"""
        return bool(self.page.evaluate("document.documentElement.scrollWidth") <= self.width)


@pytest.fixture(
    params=product(("", "/en", "/zh-hant"), (390, 1280), (True, False)), ids=lambda way: "-".join(map(str, way))
)
def reader(chromium: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """Open a tab; an error of a script fails the journey."""
    language, width, has_script = request.param
    size = {"width": width, "height": 844}
    with chromium.new_context(base_url=live_server.url, viewport=size, java_script_enabled=has_script) as context:
        context.set_default_timeout(15_000)
        page, errors = context.new_page(), []
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield Reader(page, language, width, has_script)
        assert errors == []
