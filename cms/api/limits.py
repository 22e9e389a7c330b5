"""How often one address may ask the API, and how it is told (`RateLimit` of the IETF draft, `Retry-After`)."""

from __future__ import annotations

import logging
import time
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.throttling import BaseThrottle

from ledger.origin import client_address

if TYPE_CHECKING:
    from rest_framework.request import Request

logger = logging.getLogger(__name__)
# One household or office holds so many addresses of IPv6.
IPV6_PREFIX = 64
HELD = "api_limit"


class AddressLimit(BaseThrottle):
    """Counts the questions of an address in windows of fixed length. A cache that is away limits nobody."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """May this one be answered? Notes for the headers what is left."""
        self.most, self.window = settings.API_RATE_LIMIT, settings.API_RATE_SECONDS
        if not self.most:
            return True
        now = time.time()
        self.left_seconds = int(self.window - now % self.window) + 1
        asked = self._count(f"{HELD}:{_asker(client_address(request._request))}:{int(now // self.window)}")
        if asked is None:
            return True
        view.limit_headers = {
            "RateLimit-Policy": f'"address";q={self.most};w={self.window}',
            "RateLimit": f'"address";r={max(0, self.most - asked)};t={self.left_seconds}',
        }
        return asked <= self.most

    def wait(self) -> float:
        """Return the seconds until the next window."""
        return self.left_seconds

    def _count(self, key: str) -> int | None:
        try:
            cache.add(key, 0, self.window * 2)
            return int(cache.incr(key))
        except Exception:
            # Whatever a backend raises when it is away; a key may also have been thrown out in between.
            logger.warning("The cache does not count the questions of the API.", exc_info=True)
            return None


def _asker(address: str | None) -> str:
    if address is None:
        return "unknown"
    parsed = ip_address(address)
    return str(ip_network((parsed, IPV6_PREFIX), strict=False)) if isinstance(parsed, IPv6Address) else address
