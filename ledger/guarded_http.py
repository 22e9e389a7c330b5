"""Ask another server something, without becoming its tool.

The address comes from a clerk, so it may point anywhere: every host is resolved first, and only a public address is
connected to, exactly the one that was checked. Redirects are checked like the first address. Time and size are limited.
"""

from __future__ import annotations

import socket
import ssl
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

if TYPE_CHECKING:
    from http.client import HTTPResponse

Address = IPv4Address | IPv6Address

PORTS = {"http": 80, "https": 443}
SECONDS = 8.0
BYTES = 64 * 1024
REDIRECTS = 3
REDIRECTING = {301, 302, 303, 307, 308}
# Addresses of the old internet within those of the new one (RFC 6052).
NAT64 = IPv6Network("64:ff9b::/96")
AGENT = "GongkaiLinkCheck/1.0"


class ForbiddenAddressError(ValueError):
    """The address is none that this server asks: another scheme, a private network, itself."""


class UnreachableError(Exception):
    """Nobody answered: no such name, no network, too slow, no trust in the certificate."""


@dataclass(frozen=True)
class Reply:
    """What came back: the last address, its status, the beginning of the body."""

    url: str
    status: int
    body: bytes = b""


def get(url: str, *, seconds: float = SECONDS, limit: int = BYTES) -> Reply:
    """Fetch the beginning of what stands at an address. Raises ForbiddenAddressError, UnreachableError."""
    deadline = time.monotonic() + seconds
    for _hop in range(REDIRECTS + 1):
        reply, onward = _ask(_checked(url), deadline, limit)
        if onward is None:
            return reply
        url = urljoin(url, onward)
    raise UnreachableError("too many redirects")


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ForbiddenAddressError(url) from error
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise ForbiddenAddressError(url)
    if port not in {None, *PORTS.values()} and _name(parts) not in settings.GUARDED_HTTP_ALLOWED:
        raise ForbiddenAddressError(url)
    return parts


def _name(parts: SplitResult) -> str:
    """Write host and port as the setting does: example.org, or 127.0.0.1:8104."""
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def _resolved(parts: SplitResult) -> str:
    """Return the one address that is connected to: the name may answer differently a moment later."""
    port = parts.port or PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(str(error)) from error
    addresses = [str(row[4][0]) for row in found]
    # One private address among public ones is a trap.
    refused = [each for each in addresses if not is_public(ip_address(each.partition("%")[0]))]
    if refused and _name(parts) not in settings.GUARDED_HTTP_ALLOWED:
        raise ForbiddenAddressError(refused[0])
    return addresses[0]


def is_public(address: Address) -> bool:
    """May everybody on the internet ask this address? What hides an old address within a new one is unfolded."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if address in NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def _ask(parts: SplitResult, deadline: float, limit: int) -> tuple[Reply, str | None]:
    address = _resolved(parts)
    connection = _connected(parts, address, deadline)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    try:
        connection.request("GET", _ascii(path), headers={"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"})
        response = connection.getresponse()
        onward = response.getheader("Location") if response.status in REDIRECTING else None
        body = b"" if onward else _beginning(response, connection, deadline, limit)
        return Reply(parts.geturl(), response.status, body), onward
    except (OSError, HTTPException, ValueError) as error:
        raise UnreachableError(str(error)) from error
    finally:
        connection.close()


def _connected(parts: SplitResult, address: str, deadline: float) -> HTTPConnection:
    port = parts.port or PORTS[parts.scheme]
    connection = HTTPConnection(str(parts.hostname), port, timeout=_left(deadline))
    try:
        sock = socket.create_connection((address, port), timeout=_left(deadline))
        if parts.scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=parts.hostname)
    except (OSError, ValueError) as error:
        raise UnreachableError(str(error)) from error
    connection.sock = sock
    return connection


def _beginning(response: HTTPResponse, connection: HTTPConnection, deadline: float, limit: int) -> bytes:
    """Read piece by piece, so that a server that drips does not hold the worker."""
    body = b""
    while len(body) < limit:
        if connection.sock is not None:
            connection.sock.settimeout(_left(deadline))
        _left(deadline)
        piece = response.read1(min(limit - len(body), 16 * 1024))
        if not piece:
            break
        body += piece
    return body


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise UnreachableError("too slow")
    return left


def _ascii(path: str) -> str:
    """Write a path as it goes over the line; Chinese ones are pasted as they are read."""
    return quote(path, safe="/%?=&;:@!$'()*+,~[]#")
