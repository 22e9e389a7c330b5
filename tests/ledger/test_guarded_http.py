"""Asking other servers: only public ones, only for a while, only the beginning."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from typing import Any

import pytest

from ledger.guarded_http import ForbiddenAddressError, LedAwayError, UnreachableError, get, get_there, is_public


class Answering(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    def do_GET(self) -> None:
        if self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to?"))
            self.end_headers()
            return
        self.send_response(404 if self.path == "/gone" else 200)
        self.end_headers()
        self.wfile.write(b"x" * 200_000)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server(settings: Any) -> Iterator[str]:
    """Run a server of our own on this machine, and allow it."""
    running = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    place = f"127.0.0.1:{running.server_port}"
    settings.GUARDED_HTTP_ALLOWED = [place]
    yield f"http://{place}"
    running.shutdown()
    running.server_close()
    thread.join()


def test_what_is_there_is_read_up_to_the_limit(server: str) -> None:
    reply = get(f"{server}/here", limit=1_000)

    assert reply.status == 200
    assert len(reply.body) == 1_000


def test_who_stays_is_not_led_to_another_host(server: str, settings: Any) -> None:
    place = server.removeprefix("http://127.0.0.1")
    settings.GUARDED_HTTP_ALLOWED = [*settings.GUARDED_HTTP_ALLOWED, f"localhost{place}"]

    assert get_there(f"{server}/to?/gone").status == 404
    with pytest.raises(LedAwayError):
        get_there(f"{server}/to?http://localhost{place}/here")


def test_what_is_gone_says_so(server: str) -> None:
    assert get(f"{server}/gone").status == 404


def test_a_redirect_is_followed_when_it_leads_somewhere_allowed(server: str) -> None:
    assert get(f"{server}/to?/gone").status == 404


@pytest.mark.parametrize(
    "inner", ["http://127.0.0.1/", "http://169.254.169.254/latest/", "http://localhost:1/", "file:///"]
)
def test_a_redirect_into_the_house_is_refused(server: str, inner: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        get(f"{server}/to?{inner}")


def test_a_circle_of_redirects_ends(server: str) -> None:
    with pytest.raises(UnreachableError):
        get(f"{server}/to?/to?/to?/to?/to?/here")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/",
        "http://169.254.169.254/", "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "http://[fe80::1]/", "http://2130706433/",
        "ftp://example.org/", "file:///etc/passwd", "http://user:secret@example.org/", "http://example.org:22/",
        "javascript:alert(1)", "http://", "http://[broken/",
    ],
)  # fmt: skip
def test_what_is_not_public_is_not_asked(url: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        get(url)


def test_a_name_with_one_private_address_among_its_own_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: both)

    with pytest.raises(ForbiddenAddressError):
        get("http://example.org/")


def test_a_name_nobody_knows_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: Any, **kwargs: Any) -> Any:
        raise socket.gaierror

    monkeypatch.setattr("socket.getaddrinfo", unknown)

    with pytest.raises(UnreachableError):
        get("http://example.org/")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True), ("100.64.0.1", False),
        ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("224.0.0.1", False), ("::", False), ("fc00::1", False),
        ("fec0::1", False), ("::7f00:1", False), ("::ffff:0:a00:1", False),
    ],
)  # fmt: skip
def test_addresses_are_told_apart(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public
