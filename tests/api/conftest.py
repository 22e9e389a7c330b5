"""What every test of the API may use."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.api.asking import Asking


@pytest.fixture
def api(client: Client) -> Asking:
    """Give a reader of the API."""
    return Asking(client)


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Any) -> None:
    """Keep uploads of tests out of the project."""
    settings.MEDIA_ROOT = tmp_path
