"""What a process keeps at hand of the stored answers, in front of Django: sent without a query, without a view.

Nothing is sent that may be old: each process looks every few hundredths of a second whether any change was committed,
and then forgets everything. Where a web server in front sends the files of the edge, it rarely comes to this.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import Error, connection

from ..modes import COOKIE, ELDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Environ = dict[str, Any]
    Start = Callable[..., Any]
    Application = Callable[[Environ, Start], Iterable[bytes]]

# Set by the middleware on the answer to a request that came from the store.
STORED = "gongkai.stored"
LOOK_SECONDS = 0.03
# Some answers change with the clock.
OLDEST_SECONDS = 1.0
MOST_BYTES = 64 * 1024 * 1024
# Grows with each change that is committed, and with each that is settled; reads only what is not settled yet.
SIGNATURE = """
SELECT e.settled, (SELECT COUNT(*) FROM delivery_publicchange WHERE settled_at IS NULL) FROM delivery_era e
"""
# Lists differ by what is asked of them; nothing else that is kept is asked with a query.
WITH_QUERY = "/api/v2/"
LONGEST_QUERY = 1000


@dataclass(frozen=True)
class Kept:
    """An answer as it left."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    etag: str
    since: float


class AtHand:
    """A WSGI application in front of another."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.kept: dict[tuple[str, ...], Kept] = {}
        self.bytes = 0
        self.signature: Any = None
        self.looked = 0.0
        self.lock = Lock()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Send what is at hand, or let Django answer and keep that."""
        key = _key(environ)
        if key is None or not self._is_current():
            return self.application(environ, start_response)
        found = self.kept.get(key)
        if found is not None and time.monotonic() - found.since < OLDEST_SECONDS:
            return _send(found, environ, start_response)
        return self._ask(key, environ, start_response)

    def _is_current(self) -> bool:
        """Look whether anything was committed; forget everything if so. A database that is away keeps nothing."""
        now = time.monotonic()
        if now - self.looked < LOOK_SECONDS:
            return True
        try:
            with connection.cursor() as cursor:
                cursor.execute(SIGNATURE)
                signature = cursor.fetchone()
        except Error:
            connection.close()
            self._forget(None)
            return False
        if signature != self.signature:
            self._forget(signature)
        # The moment before the question: what is committed from then on is seen by the next look.
        self.looked = now
        return True

    def _forget(self, signature: Any) -> None:
        with self.lock:
            self.kept, self.bytes, self.signature = {}, 0, signature

    def _ask(self, key: tuple[str, ...], environ: Environ, start_response: Start) -> Iterable[bytes]:
        signature, since = self.signature, time.monotonic()
        started: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            started[:] = [status, headers]
            return start_response(status, headers, *more)

        answer = self.application(environ, start)
        if not environ.get(STORED) or "HTTP_IF_NONE_MATCH" in environ or not started[0].startswith("200"):
            return answer
        body = b"".join(answer)
        if close := getattr(answer, "close", None):
            close()
        etag = next((value for name, value in started[1] if name.lower() == "etag"), "")
        self._keep(key, signature, Kept(started[0], started[1], body, etag, since))
        return [body]

    def _keep(self, key: tuple[str, ...], signature: Any, kept: Kept) -> None:
        with self.lock:
            # What was asked for before a change is not kept after it.
            if signature is None or signature != self.signature:
                return
            if self.bytes > MOST_BYTES:
                self.kept, self.bytes = {}, 0
            self.kept[key] = kept
            self.bytes += len(kept.body)


def _key(environ: Environ) -> tuple[str, ...] | None:
    """Return what tells answers apart; None for whatever is never kept."""
    if environ["REQUEST_METHOD"] != "GET" or "HTTP_AUTHORIZATION" in environ:
        return None
    query = environ.get("QUERY_STRING", "")
    if query and (len(query) > LONGEST_QUERY or not environ["PATH_INFO"].startswith(WITH_QUERY)):
        return None
    mode = ""
    if written := environ.get("HTTP_COOKIE"):
        try:
            cookies = SimpleCookie(written)
        except CookieError:
            return None
        if settings.SESSION_COOKIE_NAME in cookies:
            return None
        # One of two: else whoever sends words of his own would fill the memory.
        mode = ELDER if COOKIE in cookies and cookies[COOKIE].value == ELDER else ""
    packed = "gzip" if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else ""
    origin = f"{environ.get('HTTP_X_FORWARDED_PROTO', environ['wsgi.url_scheme'])}://{environ.get('HTTP_HOST', '')}"
    return origin, environ["PATH_INFO"], query, mode, packed


def _send(kept: Kept, environ: Environ, start_response: Start) -> Iterable[bytes]:
    if kept.etag and environ.get("HTTP_IF_NONE_MATCH") == kept.etag:
        dropped = {"content-length", "content-type", "content-encoding"}
        headers = [pair for pair in kept.headers if pair[0].lower() not in dropped]
        start_response(f"304 {HTTPStatus.NOT_MODIFIED.phrase}", headers)
        return [b""]
    start_response(kept.status, kept.headers)
    return [kept.body]
