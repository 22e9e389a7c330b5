"""The arithmetic of the chain: what is hashed, and in which order."""

from __future__ import annotations

from datetime import UTC
from hashlib import sha256
from typing import TYPE_CHECKING

from .plain import canonical, plain

if TYPE_CHECKING:
    from datetime import datetime

    from .models import Event, Seal

# What the first seal rests on.
BEGINNING = "0" * 64


def digest_of(seal: Seal, event: Event, previous: str) -> str:
    """Return the digest of a seal: SHA-256 over the digest before it, its number, its time and the whole event.

    The same on SQLite and PostgreSQL. `docs/audit.md` describes it for whoever wants to compute it elsewhere.
    """
    content = {
        "previous": previous,
        "sequence": seal.sequence,
        "sealed_at": _moment(seal.sealed_at),
        "event": {
            "id": event.pk,
            "at": _moment(event.at),
            "kind": event.kind,
            "result": event.result,
            "actor_id": event.actor_id,
            "actor_name": event.actor_name,
            "address": event.address,
            "channel": event.channel,
            "subject_type": event.subject_type,
            "subject_id": event.subject_id,
            "subject_title": event.subject_title,
            "organisation_id": event.organisation_id,
            "before": plain(event.before),
            "after": plain(event.after),
            "data": plain(event.data),
        },
    }
    return sha256(canonical(content)).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
