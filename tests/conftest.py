"""What every test may use: a migrated database, an empty cache, a fixed clock, a browser."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.clock import clock
from tests.server.browser import chromium, tab
from tests.server.database import migrated_database
from tests.standing import module_database, undone
from tests.town import replay_town, town

__all__ = ["chromium", "clock", "django_db_setup", "empty_cache", "module_database", "tab", "town", "undone"]


def pytest_collection_finish() -> None:
    """Let the collector leave alone what lives as long as the run: a fifth of the suite's time went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Give the run its own copy of a migrated database (see tests/server/database.py)."""
    rebuild = request.config.getoption("create_db")
    with (
        django_db_blocker.unblock(),
        migrated_database(rebuild=rebuild) as copies,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: copies.restore())
        replay_town.record()
        with django_db_blocker.block():
            yield


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Let no test see what another left in the cache."""
    cache.clear()


@pytest.fixture(autouse=True)
def source_language() -> None:
    """Let no test speak the language of the last page that another read."""
    translation.activate(settings.LANGUAGE_CODE)
