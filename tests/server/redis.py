"""A real Redis that a test may stop."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from .nginx import free_port
from .site import until


class Redis:
    """A server without a disk."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return when it answers."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, process_group=0)
        until(self.answers)

    def answers(self) -> bool:
        """Does somebody listen?"""
        with socket.socket() as caller:
            return caller.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        """End it at once, as a crash does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def hang(self) -> None:
        """Let it listen and say nothing."""
        assert self.process is not None
        self.process.send_signal(19)

    def go_on(self) -> None:
        """Let it speak again."""
        assert self.process is not None
        self.process.send_signal(18)


@contextmanager
def redis() -> Iterator[Redis]:
    """Run Redis until the end of the block."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is missing: deploy/system-packages test")
    if importlib.util.find_spec("redis") is None:
        pytest.skip("the Python package redis is missing: make lint")
    found = Redis()
    found.start()
    try:
        yield found
    finally:
        found.go_on()
        found.stop()
