"""Secrets at rest, and what travels through a form unread: sealed with Fernet under a key made of `SECRET_KEY`."""

from __future__ import annotations

from base64 import b64decode, b64encode, urlsafe_b64encode
from binascii import Error as NoBase64
from secrets import token_bytes

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from ledger.signatures import PREFIX

SHORTEST = 24


def new_secret() -> str:
    """Return a secret for both sides."""
    return PREFIX + b64encode(token_bytes(32)).decode()


def is_secret(text: str) -> bool:
    """Is this a secret of Standard Webhooks: base64 of at least 24 bytes?"""
    try:
        return text.startswith(PREFIX) and len(b64decode(text.removeprefix(PREFIX), validate=True)) >= SHORTEST
    except (NoBase64, ValueError):
        return False


def seal(text: str) -> str:
    """Return a text so that only this site reads it."""
    return _cipher().encrypt(text.encode()).decode()


def opened(sealed: str, *, within: int | None = None) -> str:
    """Return the text; ValueError for what this site has not sealed, or (in seconds) too long ago."""
    try:
        return _cipher().decrypt(sealed.encode(), ttl=within).decode()
    except InvalidToken as error:
        raise ValueError("not sealed by this site") from error


def digest(*parts: str) -> str:
    """Return under what a number is found again; nobody tries numbers against a stolen table."""
    return salted_hmac("connectors.digest", "\x1f".join(parts), algorithm="sha256").hexdigest()


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [salted_hmac("connectors.sealing", "fernet", secret=each, algorithm="sha256") for each in secrets]
    return MultiFernet([Fernet(urlsafe_b64encode(key.digest())) for key in keys])
