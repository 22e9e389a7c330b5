"""A town with a real nginx in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from pytest_django.live_server_helper import LiveServer

from cms.delivery.stored import settling
from tests.factories import make_disclosure
from tests.server.nginx import free_port, nginx
from tests.server.site import ask
from tests.town import Town, build_town

# What differs from connection to connection, and the validators: nginx makes its own.
OWN = {"date", "server", "connection", "content-length", "etag", "last-modified", "accept-ranges", "vary", "keep-alive"}


@dataclass
class Edge:
    """nginx, and the town behind it."""

    home: Path
    application: str
    folder: Path
    port: int = field(default_factory=free_port)
    running: ExitStack = field(default_factory=ExitStack)
    town: Town = field(init=False)
    price: Any = None

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start nginx."""
        self.running.enter_context(nginx(self.home, self.application, self.folder, self.port))

    def stop(self) -> None:
        """Stop nginx."""
        self.running.close()

    def get(self, address: str, **headers: str) -> tuple[int, dict[str, str], str]:
        """Ask nginx."""
        found = ask(f"{self.url}{address}", **{name.replace("_", "-"): value for name, value in headers.items()})
        return found.status, found.headers, found.text

    def is_sent_by_nginx(self, address: str, **headers: str) -> bool:
        """Does the answer come from a file? The application's validators are longer."""
        return "-" in self.get(address, **headers)[1].get("etag", "")

    def warm(self, address: str, **headers: str) -> None:
        """Ask until the file is written."""
        for _time in range(3):
            self.get(address, **headers)
        assert self.is_sent_by_nginx(address, **headers), address


@pytest.fixture
def edge(transactional_db: None, live_server: LiveServer, settings: Any, tmp_path: Path) -> Iterator[Edge]:
    """Put nginx in front of the town."""
    found = Edge(tmp_path / "nginx", urlsplit(live_server.url).netloc, tmp_path / "edge")
    found.home.mkdir()
    found.start()
    try:
        settings.STORED_READS, settings.BASE_URL, settings.EDGE_ROOT = True, found.url, str(found.folder)
        settings.ALLOWED_HOSTS = ["127.0.0.1"]
        found.town = build_town()
        found.price = make_disclosure(found.town.water, found.town.entries["water_price"], title="水价")
        settling.count_objects()
        yield found
    finally:
        found.stop()
