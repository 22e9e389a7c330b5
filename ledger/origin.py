"""Where what happens comes from: the request that is being answered, or the command that runs."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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

    @property
    def user(self) -> Any:
        """Return who is signed in, None when nobody is."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None


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


class OriginMiddleware:
    """Note the request that is being answered. Stands after the authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, noted."""
        channel = API if request.path.startswith("/api/") else WEB
        with coming_from(Origin(channel, request, request.META.get("REMOTE_ADDR") or None)):
            return self.get_response(request)
