"""What every test of the API may use."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests.api.asking import Asking
from tests.api.replays import replay_crowded, replay_showcase


@pytest.fixture
def api(client: Client) -> Asking:
    """Give a reader of the API."""
    return Asking(client)


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Any) -> None:
    """Keep uploads of tests out of the project."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def showcase(
    db: None, clock: Any, files_apart: None, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> SimpleNamespace:
    """Fill a town with one row of each kind (`town` is the town)."""
    return replay_showcase(tmp_path, lambda: tmp_path_factory.mktemp("showcase"))


@pytest.fixture
def crowded(
    db: None, clock: Any, files_apart: None, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> SimpleNamespace:
    """Fill a town with the showcase, and with three more rows of each kind."""
    return replay_crowded(tmp_path, lambda: tmp_path_factory.mktemp("crowded"))
