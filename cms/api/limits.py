"""How often one address or one token may ask the API, and how it is told.

By `RateLimit` of the IETF draft, and `Retry-After`.
"""

from __future__ import annotations

import logging
import time
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.throttling import BaseThrottle

from accounts.models import Scope
from ledger.origin import client_address

if TYPE_CHECKING:
    from rest_framework.request import Request

logger = logging.getLogger(__name__)
# One household or office holds so many addresses of IPv6.
IPV6_PREFIX = 64
HELD = "api_limit"


class WindowLimit(BaseThrottle):
    """Counts questions in windows of fixed length. A cache that is away limits nobody."""

    policy = ""

    def asker(self, request: Request) -> str | None:
        """Return under what name this one is counted; None when it is counted elsewhere."""
        raise NotImplementedError

    def most(self) -> int:
        """Return how many may be asked in a window; 0 for any number."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: Any) -> bool:
        """May this one be answered? Notes for the headers what is left."""
        most, window, asker = self.most(), settings.API_RATE_SECONDS, self.asker(request)
        if not most or asker is None:
            return True
        now = time.time()
        self.left_seconds = int(window - now % window) + 1
        asked = self._count(f"{HELD}:{self.policy}:{asker}:{int(now // window)}", window)
        if asked is None:
            return True
        view.limit_headers = {
            "RateLimit-Policy": f'"{self.policy}";q={most};w={window}',
            "RateLimit": f'"{self.policy}";r={max(0, most - asked)};t={self.left_seconds}',
        }
        return asked <= most

    def wait(self) -> float:
        """Return the seconds until the next window."""
        return self.left_seconds

    def _count(self, key: str, window: int) -> int | None:
        try:
            cache.add(key, 0, window * 2)
            return int(cache.incr(key))
        except Exception:
            # Whatever a backend raises when it is away; a key may also have been thrown out in between.
            logger.warning("The cache does not count the questions of the API.", exc_info=True)
            return None


class AddressLimit(WindowLimit):
    """What one address asks, unless it reads by token."""

    policy = "address"

    def asker(self, request: Request) -> str | None:
        """Return the address."""
        token: Any = request.auth
        if token is not None and Scope.READ in token.scopes:
            return None
        return _asker(client_address(request._request))

    def most(self) -> int:
        """Return the setting."""
        return int(settings.API_RATE_LIMIT)


class TokenLimit(WindowLimit):
    """What one token reads, from wherever."""

    policy = "token"

    def asker(self, request: Request) -> str | None:
        """Return the token's number, where it is one for reading."""
        token: Any = request.auth
        return str(token.pk) if token is not None and Scope.READ in token.scopes else None

    def most(self) -> int:
        """Return the setting."""
        return int(settings.API_TOKEN_RATE_LIMIT)


class WriteLimit(WindowLimit):
    """What one token writes."""

    policy = "token-write"

    def asker(self, request: Request) -> str | None:
        """Return the token's number."""
        return str(request.auth.pk) if request.auth is not None else _asker(client_address(request._request))

    def most(self) -> int:
        """Return the setting."""
        return int(settings.API_TOKEN_WRITE_LIMIT)


def _asker(address: str | None) -> str:
    if address is None:
        return "unknown"
    parsed = ip_address(address)
    return str(ip_network((parsed, IPV6_PREFIX), strict=False)) if isinstance(parsed, IPv6Address) else address
