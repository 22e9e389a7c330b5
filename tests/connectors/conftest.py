"""The sandbox in a process of its own, and a town whose water company is connected to it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import override_settings

from cms.connectors.models import ProviderConnection
from tests.factories import ServiceIndexPage, make_page
from tests.town import Town

from .acts import connect, control, payable


@dataclass
class Sandbox:
    """Where it answers."""

    address: str

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    def control(self, **asked: Any) -> dict[str, Any]:
        return control(self.address, **asked)


@pytest.fixture(scope="package")
def sandbox_process() -> Iterator[Sandbox]:
    command = [sys.executable, "-m", "cms.connectors.sandbox", "--port", "0"]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline()
        yield Sandbox(line.partition("：")[2].split("　")[0])
        process.terminate()


@pytest.fixture
def sandbox(sandbox_process: Sandbox) -> Iterator[Sandbox]:
    """The sandbox, which may be asked although it stands on this machine."""
    with override_settings(GUARDED_HTTP_ALLOWED=[sandbox_process.host]):
        yield sandbox_process


@pytest.fixture
def connection(town: Town, sandbox: Sandbox) -> ProviderConnection:
    return connect(town.water, sandbox.address)


@pytest.fixture
def bill(town: Town, connection: ProviderConnection) -> Any:
    """A service of the water company that is paid for here."""
    return payable(town, "water-bill")


@pytest.fixture
def portal_hall(town: Town) -> str:
    """The address of the service hall."""
    hall = make_page(ServiceIndexPage, town.portal, title="办事大厅", slug="services")
    return str(hall.get_url())
