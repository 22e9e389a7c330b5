"""A server on this machine that is told, well or badly: what it got, and how it answers."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Got:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def message(self) -> dict[str, Any]:
        return json.loads(self.body)


@dataclass
class Receiver:
    """`answers` are the statuses to come; then 204. A manner is a function of the handler."""

    address: str = ""
    got: list[Got] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    manner: Any = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def kinds(self) -> list[tuple[str, int]]:
        return [(each.message["type"], each.message["data"].get("id")) for each in self.got]

    def note(self, request: Got) -> int:
        with self.lock:
            self.got.append(request)
            return self.answers.pop(0) if self.answers else 204


class Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        status = self.receiver.note(Got(self.path, headers, self.rfile.read(length)))
        if self.receiver.manner is not None:
            self.receiver.manner(self)
            return
        self.send_response(status)
        for name, value in self.receiver.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was cut off is no news."""


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run one."""
    receiver = Receiver()
    server = Server(("127.0.0.1", 0), type("Bound", (Handler,), {"receiver": receiver}))
    receiver.address = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def drip_headers(handler: Any) -> None:
    """Send one letter now and then, and never come to an end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    _drip(handler, b"X")


def drip_body(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    _drip(handler, b"x")


def _drip(handler: Any, piece: bytes) -> None:
    for _turn in range(100):
        handler.wfile.write(piece)
        handler.wfile.flush()
        time.sleep(0.05)


def keep_silent(handler: Any) -> None:
    time.sleep(2)


def endless_body(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    for _turn in range(200):
        handler.wfile.write(b"x" * 65536)


def huge_headers(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %b\r\n" % (n, b"y" * 9000) for n in range(500)))


def huge_header_line(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n")


def endless_continue(handler: Any) -> None:
    for _turn in range(2_000):
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 50)
        time.sleep(0.005)


def close_midway(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 20")


def no_http(handler: Any) -> None:
    handler.wfile.write(b"\x00\xff\xfe nonsense")
