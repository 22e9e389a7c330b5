"""What the tests of the joint search share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cms.joint.models import OutsideSource

from .answering import Engine, answering


@pytest.fixture
def engine(settings: Any) -> Iterator[Engine]:
    """Run a server that answers."""
    with answering(settings) as found:
        yield found


@pytest.fixture
def no_sources(db: None) -> None:
    """Begin without the links that come with the platform."""
    OutsideSource.objects.all().delete()
