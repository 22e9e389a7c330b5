"""Telling other servers: whatever they do, it ends in time, and nothing inside is reached."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest

from ledger.guarded_http import ForbiddenAddressError, UnreachableError, post
from tests.webhooks import receiver as manners
from tests.webhooks.receiver import Receiver, receiving


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    with receiving() as running:
        settings.GUARDED_HTTP_ALLOWED = [running.address.split("/")[2]]
        yield running


def test_what_is_told_arrives_as_it_is(receiver: Receiver) -> None:
    reply = post(f"{receiver.address}?a=中文", "正文".encode(), {"X-Own": "1", "User-Agent": "Own"})

    (got,) = receiver.got
    assert (reply.status, got.body, got.path) == (204, "正文".encode(), "/hook?a=%E4%B8%AD%E6%96%87")
    assert (got.headers["x-own"], got.headers["user-agent"]) == ("1", "Own")


def test_a_redirect_is_an_answer_and_leads_nowhere(receiver: Receiver) -> None:
    receiver.answers, receiver.headers = [307], {"Location": "http://169.254.169.254/latest/meta-data/"}

    reply = post(receiver.address, b"{}", {})

    assert (reply.status, len(receiver.got)) == (307, 1)


@pytest.mark.parametrize(
    "manner",
    [
        manners.drip_headers, manners.drip_body, manners.keep_silent, manners.huge_headers, manners.huge_header_line,
        manners.endless_continue, manners.close_midway, manners.no_http,
    ],
)  # fmt: skip
def test_a_hostile_receiver_is_cut_off_in_time(receiver: Receiver, manner: Any) -> None:
    receiver.manner = manner
    started = monotonic()

    with pytest.raises(UnreachableError):
        post(receiver.address, b"{}", {}, seconds=0.5, limit=2_000)

    assert monotonic() - started < 1.5


def test_an_endless_answer_is_read_up_to_the_limit(receiver: Receiver) -> None:
    receiver.manner = manners.endless_body

    reply = post(receiver.address, b"{}", {}, limit=2_000)

    assert (reply.status, len(reply.body)) == (200, 2_000)


def test_a_server_without_the_certificate_it_owes_is_not_told(receiver: Receiver) -> None:
    with pytest.raises(UnreachableError):
        post(receiver.address.replace("http:", "https:"), b"{}", {}, seconds=2)

    assert receiver.got == []


def test_a_greeting_that_never_ends_is_cut_off(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"127.0.0.1:{silent.getsockname()[1]}"
        settings.GUARDED_HTTP_ALLOWED = [place]
        started = monotonic()

        with pytest.raises(UnreachableError):
            post(f"https://{place}/", b"{}", {}, seconds=0.3)

        assert monotonic() - started < 1.5


@pytest.mark.parametrize("address", ["10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "fd00::1"])
def test_a_name_that_means_something_inside_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: found)

    with pytest.raises(ForbiddenAddressError):
        post("https://receiver.example.org/", b"{}", {})


def test_a_name_server_that_keeps_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: over.wait(5) and [])
    started = monotonic()

    with pytest.raises(UnreachableError):
        post("https://receiver.example.org/", b"{}", {}, seconds=0.3)

    over.set()
    assert monotonic() - started < 1.5
