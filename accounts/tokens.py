"""Make the secret of a token, recognise it again, and say how far it reaches."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.crypto import get_random_string

from .authority import roots
from .models import ApiToken, Duty

if TYPE_CHECKING:
    from datetime import datetime

    from wagtail.models import Page

# Found by whoever looks for secrets in files that should have none.
PREFIX = "gk"
KEY_LENGTH = 10
SECRET_BYTES = 32
# Longer ones are nobody's.
LONGEST = 200


@dataclass(frozen=True)
class Secret:
    """A new secret: what is handed out once, and what is kept."""

    key: str
    text: str
    digest: str


def new_secret(key: str = "") -> Secret:
    """Make a secret of 256 random bits, for a new key or one there is."""
    key = key or get_random_string(KEY_LENGTH)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    return Secret(key, f"{PREFIX}_{key}_{secret}", _digest(secret))


def find_token(text: str, now: datetime | None = None) -> ApiToken | None:
    """Return the token whose secret this is, whatever its state; None for every other text. One query."""
    prefix, _first, rest = text.partition("_")
    key, _second, secret = rest.partition("_")
    if prefix != PREFIX or not key.isascii() or not key.isalnum() or not secret or len(text) > LONGEST:
        return None
    token = ApiToken.objects.select_related("organisation", "acts_for").filter(key=key).first()
    # Nobody learns by the clock whether a key exists.
    return token if _is_secret_of(token, _digest(secret), now or timezone.now()) else None


def _is_secret_of(token: ApiToken | None, digest: str, now: datetime) -> bool:
    kept = token.digest if token is not None else "0" * 64
    former = token.former_digest if token is not None and token.former_until and token.former_until > now else ""
    is_present = secrets.compare_digest(kept, digest)
    is_former = secrets.compare_digest(former.ljust(64, "-"), digest)
    return token is not None and (is_present or is_former)


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def is_allowed_from(token: ApiToken, address: str | None) -> bool:
    """May the token be used from this address? One that names no networks may from everywhere."""
    if not token.networks:
        return True
    if address is None:
        return False
    asked = ip_address(address)
    return any(asked in ip_network(network) for network in token.networks)


def editor_of(token: ApiToken) -> Any:
    """Return the person the token acts for, None when that person is no editor of its organisation any more."""
    person = token.acts_for
    if person is None or not person.is_active:
        return None
    own = token.organisation.path
    reach = roots(person, [Duty.EDITOR])
    return person if any(own.startswith(root) for root in reach) else None


def reaches(token: ApiToken, page: Page | None) -> bool:
    """Does a page lie under the organisation of the token? What its person may do there is asked besides."""
    return page is not None and page.path.startswith(token.organisation.path)


def insiders(token: ApiToken) -> set[int]:
    """Return the ids of who has seen its secret: they approve as little as the person it acts for."""
    return {pk for pk in (token.created_by_id, token.issued_by_id) if pk is not None}
