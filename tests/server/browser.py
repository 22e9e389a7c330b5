"""A browser for the journeys: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start one Chromium for all journeys."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium is missing: deploy/system-packages test")
    # Playwright keeps an event loop in this thread; Django would take it for an asynchronous caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open an empty tab on a live server; addresses may begin with `/`. A failed journey leaves a screenshot."""
    context = chromium.new_context(
        base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(15_000)
    tab = context.new_page()
    failures_before = request.session.testsfailed
    yield tab
    if request.session.testsfailed > failures_before:
        tab.screenshot(path=screenshot_path(request.node.name), full_page=True)
    context.close()


def screenshot_path(name: str) -> Path:
    """Return where the screenshot of a failed journey goes."""
    folder = Path(settings.BASE_DIR, "var", "journeys")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.png"
