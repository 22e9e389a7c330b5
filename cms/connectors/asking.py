"""Ask a provider's computer: signed, within seconds, and no more for a while when it keeps silent.

What is asked stands in the body, never in an address; neither question nor answer is kept or written to a log.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.debug import sensitive_variables

from ledger.guarded_http import ForbiddenAddressError, TooSlowError, UnreachableError, post
from ledger.signatures import signed_headers

from .models import ProviderConnection
from .sealing import opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wagtail.models import Page

KEY_HEADER = "gongkai-key"
# Whatever a connection says: nobody waits longer.
LONGEST = 5
BYTES = 512 * 1024
# So many silences one after the other, and it is left alone for a while.
SILENCES, REST = 5, 30
# What is answered by a computer that understood.
UNDERSTOOD = {200, 201, 409, 422}


class SilentError(Exception):
    """No answer, a late one, or one that nobody understands. The reason is for administrators: it holds no data."""


class HurriedError(SilentError):
    """No answer within less than the time that its connection has: of the provider that tells nothing."""


def connection_for(provider: Page | None, *operations: str) -> ProviderConnection | None:
    """Return the active connection that offers these: the provider's own, else that of the nearest office above."""
    return nearest(provider, connections_above(provider), operations) if provider else None


def connections_above(*providers: Page) -> list[ProviderConnection]:
    """Return the active connections of these, and of the offices above them. One query."""
    paths = {each.path[:end] for each in providers for end in range(each.steplen, len(each.path) + 1, each.steplen)}
    found = ProviderConnection.objects.filter(organisation__path__in=paths, is_active=True)
    return list(found.select_related("organisation"))


def nearest(
    provider: Page, connections: Iterable[ProviderConnection], operations: Iterable[str]
) -> ProviderConnection | None:
    """Return, of active connections, the one that serves a provider with these operations."""
    asked = {*operations}
    serving = [
        each for each in connections if provider.path.startswith(each.organisation.path) and asked <= {*each.operations}
    ]
    return max(serving, key=lambda each: (each.organisation.depth, -each.pk), default=None)


@sensitive_variables("question", "body", "reply")
def ask(
    connection: ProviderConnection,
    path: str,
    question: dict[str, Any],
    *,
    within: float = LONGEST,
    limit: int = 0,
) -> dict[str, Any]:
    """Ask, and return what was answered within so many seconds, of so many bytes. Raises SilentError."""
    resting = f"connectors:silent:{connection.pk}"
    if _silences(resting) >= SILENCES:
        raise SilentError("resting")
    try:
        answer = _asked(connection, path, question, within, limit or BYTES)
    except HurriedError:
        raise
    except SilentError:
        _note(resting)
        raise
    cache.delete(resting)
    return answer


@sensitive_variables("question", "body", "reply", "answer")
def _asked(
    connection: ProviderConnection, path: str, question: dict[str, Any], within: float, limit: int
) -> dict[str, Any]:
    body = json.dumps(question, ensure_ascii=False, separators=(",", ":")).encode()
    seconds = min(connection.seconds, LONGEST, settings.CONNECTOR_SECONDS)
    try:
        url = f"{connection.base_url.rstrip('/')}/{path}"
        reply = post(url, body, headers_of(connection, body), seconds=min(seconds, within), limit=limit)
    except TooSlowError as error:
        raise (HurriedError if within < seconds else SilentError)(str(error)) from None
    except (UnreachableError, ForbiddenAddressError) as error:
        raise SilentError(type(error).__name__ if isinstance(error, ForbiddenAddressError) else str(error)) from None
    if reply.status not in UNDERSTOOD:
        raise SilentError(f"HTTP {reply.status}")
    try:
        answer = json.loads(reply.body)
    except (ValueError, RecursionError):
        raise SilentError("no JSON") from None
    if not isinstance(answer, dict):
        raise SilentError("no JSON object")
    return answer


def headers_of(connection: ProviderConnection, body: bytes) -> dict[str, str]:
    """Return the headers of a question: whose it is, when it was asked, the signature. Raises SilentError."""
    asked = int(timezone.now().timestamp())
    try:
        secret = opened(connection.secret)
    except ValueError:
        # The site's key is another one now.
        raise SilentError("sealed") from None
    signed = signed_headers([secret], f"ask_{get_random_string(24)}", asked, body)
    return {"Content-Type": "application/json", KEY_HEADER: connection.key_id, **signed}


def _silences(key: str) -> int:
    try:
        return int(cache.get(key, 0))
    except Exception:
        # Whatever a cache raises that is away: then everybody is asked.
        return 0


def _note(key: str) -> None:
    try:
        cache.add(key, 0, REST)
        cache.incr(key)
        # The rest is whole after the last silence, not after the first.
        cache.touch(key, REST)
    except Exception:
        return
