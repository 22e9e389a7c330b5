"""What the judges share: a city to judge, read without a server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.standing import undo

from .places import CITIES
from .reading import Reading

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .places import Addresses


@pytest.fixture(scope="module")
def city(
    request: pytest.FixtureRequest,
    chromium: Browser,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Addresses]:
    """Build the city a test names, for all tests of the module that name it; nothing of it remains.

    The browser comes first: once its event loop runs, Django looks for its connections elsewhere.
    """
    media = override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("media")))
    with django_db_blocker.unblock(), undo(), media:
        yield CITIES[request.param]()


@pytest.fixture(scope="module")
def reading(chromium: Browser) -> Iterator[Reading]:
    """Open a browser whose requests Django answers in this process, so that it sees what is not committed."""
    with Reading(chromium) as reading:
        yield reading
