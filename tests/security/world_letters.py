"""What the office is told, shows outside, and files."""

from __future__ import annotations

from typing import Any

from ledger.models import Letter
from tests.town import Town
from workflows.outside.links import create_link


def letters(town: Town, things: dict[str, Any]) -> dict[str, Any]:
    """Return a letter to the office's reviewer that leads nowhere, and a link to the office's draft."""
    reader, writer = town.reviewer("education_office"), town.editor("education_office")
    revision = things["draft revision"]
    link, token = create_link(revision=revision, user=writer, days=14, purpose="示例")
    return {
        "letter": Letter.objects.create(recipient=reader, kind="test.told", subject="示例通知"),
        "outside link": link,
        "token": token,
        "waiting revision": things["waiting"].latest_revision,
    }
