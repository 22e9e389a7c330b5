"""Servers on this machine that answer as search engines do, well or badly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cms.joint.models import OutsideSource

RSS, ATOM, JSON, XML = "application/rss+xml", "application/atom+xml", "application/json", "text/xml"


@dataclass
class Engine:
    """One server: what it was asked, and what it answers; `manner` has the whole connection to itself."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    body: bytes = b""
    # What is answered to addresses that begin otherwise.
    beside: dict[str, Any] = field(default_factory=dict)
    kind: str = JSON
    status: int = 200
    more: dict[str, str] = field(default_factory=dict)
    manner: Callable[[Any], None] | None = None

    def says(self, said: Any, kind: str = JSON) -> None:
        """Set what is answered."""
        self.body = (
            said if isinstance(said, bytes) else said.encode() if isinstance(said, str) else json.dumps(said).encode()
        )
        self.kind = kind

    @property
    def words(self) -> list[dict[str, list[str]]]:
        """Return the queries it was asked."""
        return [parse_qs(urlsplit(each).query) for each in self.asked]


class Handler(BaseHTTPRequestHandler):
    engine: Engine

    def do_GET(self) -> None:
        self.engine.asked.append(self.path)
        self.engine.headers.append({name.lower(): value for name, value in self.headers.items()})
        if self.engine.manner is not None:
            self.engine.manner(self)
            return
        beside = next((said for begun, said in self.engine.beside.items() if self.path.startswith(begun)), None)
        self.send_response(self.engine.status if beside is None or beside else 404)
        self.send_header("Content-Type", self.engine.kind)
        for name, value in self.engine.more.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.engine.body if beside is None else json.dumps(beside).encode())

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was cut off is no news."""


@contextmanager
def answering(settings: Any) -> Iterator[Engine]:
    """Run one, and allow it."""
    engine = Engine()
    server = Server(("127.0.0.1", 0), type("Bound", (Handler,), {"engine": engine}))
    place = f"127.0.0.1:{server.server_port}"
    engine.url = f"http://{place}"
    settings.GUARDED_HTTP_ALLOWED = [*settings.GUARDED_HTTP_ALLOWED, place]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield engine
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def make_source(engine: Engine | str, kind: str = "searxng", **fields: Any) -> OutsideSource:
    """Make the least source: of one engine, of a kind."""
    url = engine if isinstance(engine, str) else engine.url
    address = f"{url}/search?q={{searchTerms}}" if kind in {"feed", "link"} else url
    told = {"title": f"示例来源 {kind}", "code": kind, "kind": kind, "address": address, **fields}
    return OutsideSource.objects.create(**told)


def result(**fields: Any) -> dict[str, Any]:
    """Return a result as SearXNG tells it."""
    return {
        "title": "停水通知",
        "url": "https://www.example.gov.cn/1",
        "content": "检修停水",
        "engines": ["bing"],
        **fields,
    }


def drip(handler: Any) -> None:
    """Send the head, and then a letter now and then."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
    for _turn in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def endless(handler: Any) -> None:
    """Never come to an end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[")
    for _turn in range(200):
        handler.wfile.write(b"1," * 32_768)


def keep_silent(handler: Any) -> None:
    """Accept, and say nothing."""
    time.sleep(1)
