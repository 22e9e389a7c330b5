"""A tab for those who work in the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def desk(tab: Page) -> Iterator[Page]:
    """Open a tab in which any error of a script fails the journey, and leave when the server has answered all."""
    errors: list[str] = []
    # Sent when the page closes: it would reach the server after the test has taken its database away.
    tab.add_init_script("navigator.sendBeacon = () => true")
    tab.on("pageerror", lambda error: errors.append(str(error)))
    yield tab
    tab.wait_for_load_state("networkidle")
    assert errors == []
