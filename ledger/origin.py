"""Where what happens comes from: the request that is being answered, or the command that runs."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from getpass import getuser
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpRequest, HttpResponse

WEB, API, COMMAND, WORKER = "web", "api", "command", "worker"


@dataclass(frozen=True)
class Origin:
    """The way in, the request (its user may change while it is answered), the client's address."""

    channel: str
    request: HttpRequest | None = None
    address: str | None = None
    # What has been recorded while the request is answered.
    kinds: set[str] = field(default_factory=set, compare=False)

    @property
    def user(self) -> Any:
        """Return who is signed in, None when nobody is."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def account(self) -> str:
        """Return the account of the machine under which a command runs; "" for all that has a name of its own."""
        if self.channel != COMMAND:
            return ""
        try:
            return getuser()
        except (OSError, KeyError):
            # A container may run under a number that has no name.
            return ""


_AT_THE_SHELL = Origin(COMMAND)
_CURRENT: ContextVar[Origin] = ContextVar("origin", default=_AT_THE_SHELL)


def origin() -> Origin:
    """Return where the present act comes from."""
    return _CURRENT.get()


@contextmanager
def coming_from(new: Origin) -> Iterator[None]:
    """Let everything inside come from there."""
    token = _CURRENT.set(new)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def client_address(request: HttpRequest) -> str | None:
    """Return the client's address, None when it is not known.

    Behind TRUSTED_PROXIES proxies of ours it is the entry that the outermost of them added to X-Forwarded-For: what
    stands before it the client may have invented. A shorter list came past the proxies and is not believed.
    """
    proxies: int = settings.TRUSTED_PROXIES
    named = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if 0 < proxies <= len(named) and (forwarded := _address(named[-proxies])):
        return forwarded
    return _address(request.META.get("REMOTE_ADDR", ""))


def _address(written: str) -> str | None:
    try:
        # Without the zone of a local IPv6 address, for which PostgreSQL has no place.
        address = ip_address(written.partition("%")[0])
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)


class OriginMiddleware:
    """Note the request that is being answered. Stands after the authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, noted."""
        channel = API if request.path.startswith("/api/") else WEB
        with coming_from(Origin(channel, request, client_address(request))):
            return self.get_response(request)
