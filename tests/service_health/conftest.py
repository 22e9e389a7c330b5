"""A provider that answers, an office whose items point to it, and a clock that stands still until it is moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cms.service_health.checking import check_due
from tests.town import Town

from .server import Provider, serving


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with serving() as found:
        settings.LINK_CHECK = True
        settings.GUARDED_HTTP_ALLOWED = [found.host]
        yield found


@pytest.fixture
def rounds(town: Town, clock: Any) -> Any:
    """Let some rounds pass, each after so many minutes."""

    def pass_by(number: int = 1, minutes: float = 16) -> int:
        asked = 0
        for _turn in range(number):
            asked += check_due()
            clock.shift(minutes * 60)
        return asked

    return pass_by
