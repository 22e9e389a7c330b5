"""Ask another server something, or tell it something, without becoming its tool.

The address comes from a clerk, so it may point anywhere: every host is resolved first, and only a public address is
connected to, exactly the one that was checked. Redirects are checked like the first address, and not followed by what
is told. Time and size are limited: whoever drips is cut off when the time is over, wherever he is.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http.client import HTTPResponse

Address = IPv4Address | IPv6Address

PORTS = {"http": 80, "https": 443}
SECONDS = 8.0
BYTES = 64 * 1024
REDIRECTS = 3
REDIRECTING = {301, 302, 303, 307, 308}
# Addresses of the old internet within those of the new one (RFC 6052).
NAT64 = IPv6Network("64:ff9b::/96")
# All that is routed on the internet; outside of it lie former private networks and old addresses in other clothes.
ROUTED = IPv6Network("2000::/3")
AGENT = "GongkaiLinkCheck/1.0"


class ForbiddenAddressError(ValueError):
    """The address is none that this server asks: another scheme, a private network, itself."""


class UnreachableError(Exception):
    """Nobody answered: no such name, no network, too slow, no trust in the certificate."""


class TooSlowError(UnreachableError):
    """The time was over first."""


class LedAwayError(UnreachableError):
    """The answer lies on another host, which was not to be asked."""


@dataclass(frozen=True)
class Reply:
    """What came back: the last address, its status, the beginning of the body."""

    url: str
    status: int
    body: bytes = b""
    content_type: str = ""
    # Where a redirect points, and how long the server wants to be left alone.
    location: str = ""
    retry_after: str = ""


@dataclass(frozen=True)
class Question:
    """What is sent."""

    url: SplitResult
    method: str = "GET"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Return path and query, as they go over the line; Chinese ones are pasted as they are read."""
        path = f"{self.url.path or '/'}{'?' + self.url.query if self.url.query else ''}"
        return quote(path, safe="/%?=&;:@!$'()*+,~[]#")


def get(
    url: str,
    *,
    seconds: float = SECONDS,
    limit: int = BYTES,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Fetch the beginning of what stands at an address; with `method="HEAD"` only whether it stands there.

    `headers` go to every address a redirect leads to. Raises ForbiddenAddressError, UnreachableError.
    """
    question = Question(checked(url), method, headers=headers or {})
    return _followed(question, time.monotonic() + seconds, limit, stays=False)


def get_there(
    url: str, *, seconds: float = SECONDS, limit: int = BYTES, headers: Mapping[str, str] | None = None
) -> Reply:
    """Do the same, but follow no redirect to another host: what the address says is for the one that was named.

    Raises LedAwayError as well.
    """
    return _followed(Question(checked(url), headers=headers or {}), time.monotonic() + seconds, limit, stays=True)


def post(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float = SECONDS, limit: int = BYTES) -> Reply:
    """Tell an address something; a redirect is an answer like any other. Raises as `get` does."""
    return _ask(Question(checked(url), "POST", body, headers), time.monotonic() + seconds, limit)


def checked(url: str) -> SplitResult:
    """Return the parts of an address that may be asked, as far as it can be seen without asking for its name."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ForbiddenAddressError(url) from error
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise ForbiddenAddressError(url)
    if port not in {None, *PORTS.values()} and not is_allowed(parts):
        raise ForbiddenAddressError(url)
    return parts


def is_allowed(parts: SplitResult) -> bool:
    """Does the setting name this host, wherever it stands?"""
    return _name(parts) in settings.GUARDED_HTTP_ALLOWED


def is_literally_private(parts: SplitResult) -> bool:
    """Is the host written as an address, and one of no public network?"""
    try:
        return not is_public(ip_address(str(parts.hostname).partition("%")[0]))
    except ValueError:
        return parts.hostname == "localhost"


def _name(parts: SplitResult) -> str:
    """Write host and port as the setting does: example.org, or 127.0.0.1:8104."""
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def _resolved(parts: SplitResult, deadline: float) -> str:
    """Return the one address that is connected to: the name may answer differently a moment later."""
    addresses = _addresses(str(parts.hostname), parts.port or PORTS[parts.scheme], deadline)
    # One private address among public ones is a trap.
    refused = [each for each in addresses if not is_public(ip_address(each.partition("%")[0]))]
    if refused and not is_allowed(parts):
        raise ForbiddenAddressError(refused[0])
    return addresses[0]


def _addresses(host: str, port: int, deadline: float) -> list[str]:
    """Ask for a name, in a thread: nothing else ends a name server that keeps silent."""
    answer: Future[list[str]] = Future()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            result = [str(row[4][0]) for row in found]
        except (OSError, UnicodeError) as error:
            answer.set_exception(UnreachableError(str(error)))
        else:
            answer.set_result(result)

    threading.Thread(target=ask, daemon=True).start()
    try:
        return answer.result(_left(deadline))
    except TimeoutError as error:
        raise TooSlowError("the name server is silent") from error


def is_public(address: Address) -> bool:
    """May everybody on the internet ask this address? What hides an old address within a new one is unfolded."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if address in NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address not in ROUTED:
            return False
    return address.is_global and not address.is_multicast


def _followed(question: Question, deadline: float, limit: int, *, stays: bool) -> Reply:
    for _hop in range(REDIRECTS + 1):
        reply = _ask(question, deadline, limit)
        if not reply.location:
            return reply
        onward = checked(urljoin(question.url.geturl(), reply.location))
        if stays and onward.hostname != question.url.hostname:
            raise LedAwayError(str(onward.hostname))
        question = replace(question, url=onward)
    raise UnreachableError("too many redirects")


def _ask(question: Question, deadline: float, limit: int) -> Reply:
    sock = _reached(question.url, _resolved(question.url, deadline), deadline)
    # What a connection waits for piece by piece can be drawn out for ever: the whole of it is cut off here.
    guard = threading.Timer(_left(deadline), _cut, [sock])
    guard.daemon = True
    guard.start()
    try:
        return _exchange(question, sock, deadline, limit)
    except (OSError, HTTPException, ValueError) as error:
        if time.monotonic() < deadline:
            raise UnreachableError(str(error)) from error
        raise TooSlowError("too slow") from error
    finally:
        guard.cancel()
        sock.close()


def _exchange(question: Question, sock: socket.socket, deadline: float, limit: int) -> Reply:
    connection = HTTPConnection(str(question.url.hostname), question.url.port, timeout=_left(deadline))
    connection.sock = _trusted(question.url, sock)
    try:
        headers = {"User-Agent": AGENT, "Accept": "*/*", "Connection": "close", **question.headers}
        connection.request(question.method, question.path, question.body, headers)
        response = connection.getresponse()
        onward = response.getheader("Location", "") if response.status in REDIRECTING else ""
        body = b"" if onward else _beginning(response, connection, deadline, limit)
        again = response.getheader("Retry-After", "")
        kind = response.getheader("Content-Type", "")
        return Reply(question.url.geturl(), response.status, body, kind, onward, again)
    finally:
        connection.close()


def _reached(parts: SplitResult, address: str, deadline: float) -> socket.socket:
    try:
        return socket.create_connection((address, parts.port or PORTS[parts.scheme]), timeout=_left(deadline))
    except TimeoutError as error:
        raise TooSlowError("too slow") from error
    except (OSError, ValueError) as error:
        raise UnreachableError(str(error)) from error


def _trusted(parts: SplitResult, sock: socket.socket) -> socket.socket:
    """Greet a server of https; the socket underneath stays ours, to be cut off."""
    if parts.scheme != "https":
        return sock
    return ssl.create_default_context().wrap_socket(sock.dup(), server_hostname=parts.hostname)


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _beginning(response: HTTPResponse, connection: HTTPConnection, deadline: float, limit: int) -> bytes:
    """Read piece by piece, so that a server that drips does not hold the worker."""
    body = b""
    while len(body) < limit:
        if connection.sock is not None:
            connection.sock.settimeout(_left(deadline))
        _left(deadline)
        piece = response.read1(min(limit - len(body), 16 * 1024))
        if not piece:
            # Its end, or ours.
            _left(deadline)
            break
        body += piece
    return body


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TooSlowError("too slow")
    return left
