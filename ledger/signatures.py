"""The signatures of Standard Webhooks (https://www.standardwebhooks.com): HMAC-SHA256 over id, time and body."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from hashlib import sha256
from secrets import token_hex
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from collections.abc import Iterable

PREFIX = "whsec_"


def new_nonce() -> str:
    """Return what a secret is made from; by itself it opens nothing."""
    return token_hex(32)


def secret_from(nonce: str) -> str:
    """Return the secret of a nonce: it follows from the site's own key, so that a stolen table holds none."""
    return PREFIX + b64encode(salted_hmac("ledger.webhook", nonce, algorithm="sha256").digest()).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return the signature of a message, with the version of the scheme."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(b64decode(secret.removeprefix(PREFIX)), signed, sha256).digest()
    return f"v1,{b64encode(digest).decode()}"


def signed_headers(secrets: Iterable[str], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers of a message, signed with each secret."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(secret, message_id, timestamp, body) for secret in secrets),
    }
