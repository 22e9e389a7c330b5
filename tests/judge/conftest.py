"""What the judges share: a city to judge, read without a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.standing import undo

from .neighbours import neighbours
from .places import CITIES
from .reading import Reading

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .places import Addresses


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of a module that share a city follow each other, as building one takes long."""
    order = {path: place for place, path in enumerate({item.path: None for item in items})}
    items.sort(key=lambda item: (order[item.path], city_of(item)))


def city_of(item: pytest.Item) -> str:
    """Return the name of the city a test asks for, if any."""
    return item.callspec.params.get("city", "") if hasattr(item, "callspec") else ""


class Cities:
    """One city stands at a time; asking for another takes the first away."""

    def __init__(self, media: Path) -> None:
        self.media = media
        self.standing: dict[str, Addresses] = {}
        self.ends = ExitStack()

    def stand(self, name: str) -> Addresses:
        """Return the addresses of a city, built unless it stands."""
        if name not in self.standing:
            self.clear()
            self.ends.enter_context(undo())
            self.ends.enter_context(override_settings(MEDIA_ROOT=str(self.media / name)))
            self.standing = {name: CITIES[name](self.ends.enter_context(neighbours()))}
        return self.standing[name]

    def clear(self) -> None:
        """Leave nothing."""
        self.standing = {}
        self.ends.close()


@pytest.fixture(scope="module")
def cities(
    chromium: Browser,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Cities]:
    """Open the database for the cities of a module; nothing of them remains.

    The browser comes first: once its event loop runs, Django looks for its connections elsewhere.
    """
    with django_db_blocker.unblock():
        cities = Cities(tmp_path_factory.mktemp("media"))
        yield cities
        cities.clear()


@pytest.fixture
def city(request: pytest.FixtureRequest, cities: Cities) -> Addresses:
    """Give a test the city it names."""
    return cities.stand(request.param)


@pytest.fixture(scope="module")
def reading(chromium: Browser) -> Iterator[Reading]:
    """Open a browser whose requests Django answers in this process, so that it sees what is not committed."""
    with Reading(chromium) as reading:
        yield reading
