"""What the office is told, shows outside, and files."""

from __future__ import annotations

from typing import Any

from ledger.models import Letter
from tests.town import Town


def letters(town: Town) -> dict[str, Any]:
    """Return a letter to the office's reviewer that leads nowhere."""
    reader = town.reviewer("education_office")
    return {"letter": Letter.objects.create(recipient=reader, kind="test.told", subject="示例通知")}
