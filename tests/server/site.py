"""The site as operators run it: gunicorn and the worker, in processes of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from django.conf import settings

from .nginx import free_port

GUNICORN = ("-m", "gunicorn", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "error")
SECONDS = 60


@dataclass
class House:
    """Where the processes of the house live: their environment, and what they said."""

    folder: Path
    database: str
    port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Return the address of the site."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Return what the processes are told."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "DATABASE_URL": self.database,
            "BASE_URL": self.url,
            "ALLOWED_HOSTS": "127.0.0.1",
            "GONGKAI_VAR_DIR": str(self.folder),
            "LINK_CHECK": "false",
            "PYTHONUNBUFFERED": "1",
            **self.more,
        }

    @property
    def log(self) -> Path:
        """Return where the processes write."""
        return self.folder / "log"

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a process that ends with this one."""
        with self.log.open("ab") as log:
            command = ["setpriv", "--pdeathsig=TERM", sys.executable, *arguments]
            return subprocess.Popen(
                command, env=self.environment, cwd=settings.BASE_DIR, process_group=0, stdout=log, stderr=log
            )

    def run(self, program: str, **values: Any) -> subprocess.CompletedProcess[str]:
        """Run some lines of Python inside the house, to their end or to their death."""
        lines = f"import django; django.setup()\nvalues = {values!r}\n{program}"
        return subprocess.run(
            [sys.executable, "-c", lines],
            env=self.environment,
            cwd=settings.BASE_DIR,
            check=False,
            capture_output=True,
            text=True,
        )

    def ask(self, address: str, **headers: str) -> Answer:
        """Ask the site."""
        return ask(self.url + address, **headers)

    def said(self) -> str:
        """Return what the processes wrote."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""


@dataclass(frozen=True)
class Answer:
    """What was answered."""

    status: int
    headers: dict[str, str]
    text: str

    def json(self) -> Any:
        """Return what was answered to a program."""
        return json.loads(self.text)


def ask(url: str, **headers: str) -> Answer:
    """Ask an address; an answer that is an error is an answer."""
    try:
        with urlopen(Request(url, headers=headers), timeout=SECONDS) as found:
            return _read(found)
    except HTTPError as error:
        with error:
            return _read(error)


def _read(found: Any) -> Answer:
    return Answer(found.status, {name.lower(): value for name, value in found.headers.items()}, found.read().decode())


@contextmanager
def site(house: House) -> Iterator[House]:
    """Serve the site until the end of the block."""
    with process(house, *GUNICORN, "--bind", f"127.0.0.1:{house.port}", "cms.wsgi") as gunicorn:
        until(lambda: gunicorn.poll() is not None or _is_alive(house))
        assert gunicorn.poll() is None, house.said()
        yield house


@contextmanager
def process(house: House, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process until the end of the block, with all it has started."""
    found = house.start(*arguments)
    try:
        yield found
    finally:
        if found.poll() is None:
            os.killpg(found.pid, signal.SIGTERM)
            try:
                found.wait(SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(found.pid, signal.SIGKILL)
                found.wait()


def worker(house: House) -> Any:
    """Run the worker until the end of the block."""
    return process(house, "manage.py", "work", "--interval", "0.1")


def until(happened: Callable[[], Any], seconds: float = SECONDS) -> Any:
    """Look again and again until something has happened, and return it."""
    deadline = time.monotonic() + seconds
    while not (found := happened()):
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)
    return found


def _is_alive(house: House) -> bool:
    try:
        return house.ask("/healthz").status == 200
    except OSError:
        return False
