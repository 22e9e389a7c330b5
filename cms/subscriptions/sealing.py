"""Addresses at rest: a stolen table holds none that can be read without the site's own key.

HMAC-SHA256 in counter mode, and then an HMAC over nonce and text: what the standard library has. The digest by which
an address is found again is an HMAC too, so that nobody can try addresses against a stolen table.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from secrets import token_bytes

from django.utils.crypto import salted_hmac

NONCE, TAG = 16, 32


def digest(address: str) -> str:
    """Return under what an address is found again."""
    return salted_hmac("subscriptions.digest", address, algorithm="sha256").hexdigest()


def seal(text: str) -> str:
    """Return a text so that only this site reads it; twice the same text looks different."""
    nonce = token_bytes(NONCE)
    hidden = _mixed(nonce, text.encode())
    return urlsafe_b64encode(nonce + hidden + _tag(nonce + hidden)).decode()


def opened(sealed: str) -> str:
    """Return the text; ValueError for what this site has not sealed, or under another key."""
    raw = urlsafe_b64decode(sealed.encode())
    body, tag = raw[:-TAG], raw[-TAG:]
    if len(raw) < NONCE + TAG or not hmac.compare_digest(tag, _tag(body)):
        raise ValueError("not sealed by this site")
    return _mixed(body[:NONCE], body[NONCE:]).decode()


def _key(use: str) -> bytes:
    return salted_hmac("subscriptions.sealing", use, algorithm="sha256").digest()


def _tag(body: bytes) -> bytes:
    return hmac.new(_key("tag"), body, sha256).digest()


def _mixed(nonce: bytes, text: bytes) -> bytes:
    key, stream, number = _key("stream"), b"", 0
    while len(stream) < len(text):
        stream += hmac.new(key, nonce + number.to_bytes(8, "big"), sha256).digest()
        number += 1
    return bytes(one ^ other for one, other in zip(text, stream, strict=False))
