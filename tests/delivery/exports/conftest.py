"""What every test of the exports may use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> Path:
    """Keep exports and uploads of a test in a folder of its own."""
    settings.EXPORT_ROOT = str(tmp_path / "exports")
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "exports"
