"""Readers, and the numbers that come of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from cms.demand.counting import count_all
from cms.demand.models import Views

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Give the lines a folder of their own."""
    settings.DEMAND_ROOT = str(tmp_path / "demand")
    return tmp_path / "demand"


def reader(**headers: str) -> Client:
    """Return the browser of somebody of the public."""
    return Client(headers={"user-agent": BROWSER, **headers})


def numbers() -> dict[tuple[str, str, int], int]:
    """Count, and return how often what was read, over all days."""
    count_all()
    found: dict[tuple[str, str, int], int] = {}
    for row in Views.objects.all():
        key = (row.way, row.subject, row.key)
        found[key] = found.get(key, 0) + row.number
    return found


def lines(folder: Path) -> list[str]:
    """Return the lines that were left."""
    return [line for path in sorted(folder.glob("*.log")) for line in path.read_text().splitlines()]
