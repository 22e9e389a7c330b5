"""Addresses at rest: a stolen table holds none that can be read without the site's own key.

Sealed with Fernet (AES-128-CBC and HMAC-SHA256) under a key made of `SECRET_KEY`; what was sealed under one of
`SECRET_KEY_FALLBACKS` is still opened. The digest by which an address is found again is an HMAC, so that nobody can
try addresses against a stolen table.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def digest(address: str) -> str:
    """Return under what an address is found again."""
    return salted_hmac("subscriptions.digest", address, algorithm="sha256").hexdigest()


def seal(text: str) -> str:
    """Return a text so that only this site reads it; twice the same text looks different."""
    return _cipher().encrypt(text.encode()).decode()


def opened(sealed: str) -> str:
    """Return the text; ValueError for what this site has not sealed, or under another key."""
    try:
        return _cipher().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise ValueError("not sealed by this site") from error


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [salted_hmac("subscriptions.sealing", "fernet", secret=each, algorithm="sha256") for each in secrets]
    return MultiFernet([Fernet(urlsafe_b64encode(key.digest())) for key in keys])
