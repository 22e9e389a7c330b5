"""The bytes of a message, written once: a name for what happened, and where to read the rest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.urls import reverse
from django.utils.crypto import get_random_string
from wagtail.models import Page

from blocks.links import absolute_url
from cms.public_events.kinds import WITHDRAWN

if TYPE_CHECKING:
    from datetime import datetime

    from ledger.models import Event

    from .matching import Telling

PING = "ping"


def message_id() -> str:
    """Return an id that no other message has; it stays through all attempts."""
    return f"msg_{get_random_string(24)}"


def object_key(event: Event) -> str:
    """Name what an event is about: about one object, messages arrive in order."""
    return f"{event.data['endpoint']}:{event.subject_id}"


def facts(event: Event, sequence: int) -> dict[str, Any]:
    """Return what every subscriber is told of an event. One query for what was withdrawn, else none."""
    data = event.data
    return {
        "sequence": sequence,
        "endpoint": data["endpoint"],
        "id": int(event.subject_id),
        "language": data["language"],
        "index_number": data.get("index_number") or None,
        "html_url": data.get("html_url") or None,
        "api_url": absolute_url(reverse(f"api_v2:{data['endpoint']}:detail", args=[int(event.subject_id)])),
        "includes_descendants": bool(data.get("subtree")),
        "withdrawal": _withdrawal(event) if event.kind == WITHDRAWN else None,
    }


def _withdrawal(event: Event) -> str | None:
    """Return how it left: what the public is told now. None where it is back already, and the next event says so."""
    if known := event.data.get("withdrawal"):
        return str(known)
    try:
        model = apps.get_model(event.subject_type)
    except LookupError:
        # The industry's plugin is gone; one event that cannot be read in full holds up no other.
        return None
    found: Any = model._default_manager.filter(pk=event.subject_id).first()
    thing = found.specific if isinstance(found, Page) else found
    row = getattr(thing, "withdrawal", None)
    return str(row.withdrawal_kind) if row is not None else None


def body(event: Event, told: Telling, found: dict[str, Any]) -> str:
    """Write the body for one subscriber."""
    return written(told.kind, event.at, {**found, "scope": told.scope or None})


def ping_body(at: datetime) -> str:
    """Write the body of a test message."""
    return written(PING, at, {})


def written(kind: str, at: datetime, data: dict[str, Any]) -> str:
    """Write a body as Standard Webhooks has it."""
    return json.dumps({"type": kind, "timestamp": at.isoformat(), "data": data}, ensure_ascii=False)
