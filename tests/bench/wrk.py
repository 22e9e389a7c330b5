"""One run of wrk against one address, with what it cost the servers."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from . import cpu

REPORT = Path(__file__).with_name("wrk.lua")
# What a proxy in front would say: the site is served by HTTPS.
HEADERS = {"X-Forwarded-Proto": "https", "Host": "127.0.0.1"}
CONNECTIONS = 8
TIMEOUT = 60


class BenchError(Exception):
    """The bench measures only right answers."""


@dataclass(frozen=True)
class Server:
    """Something that answers: its address, and the processes that work for it."""

    url: str
    app: tuple[int, ...]
    database: tuple[int, ...] = ()


@dataclass
class Subject:
    """One address of one server, and the runs it had. `contains` must stand in the answer."""

    name: str
    server: Server
    path: str
    contains: str = ""
    runs: list[Run] = field(default_factory=list)
    size: int = 0

    @property
    def url(self) -> str:
        """Return the whole address."""
        return self.server.url + self.path

    def read(self) -> bytes:
        """Return the answer once. Raises BenchError when it is not a right one."""
        with urlopen(Request(self.url, headers=HEADERS), timeout=TIMEOUT) as answer:
            body: bytes = answer.read()
            if answer.status != 200 or urlsplit(answer.url).path != urlsplit(self.url).path:
                raise BenchError(f"{self.name}: {self.url} answers {answer.status} at {answer.url}")
        if self.contains and self.contains not in body.decode():
            raise BenchError(f"{self.name}: {self.contains!r} is missing in {self.url}")
        return body

    def run(self, seconds: int, connections: int = CONNECTIONS) -> Run:
        """Let wrk ask for some seconds."""
        before = self._costs()
        report = ask(self.url, seconds, connections)
        after = self._costs()
        if report["failed"] or not report["requests"]:
            raise BenchError(f"{self.name}: {self.url}: {report}")
        app, database = (1000 * (b - a) / report["requests"] for a, b in zip(before, after, strict=True))
        if report["bytes"] / report["requests"] < self.size * 0.98:
            raise BenchError(f"{self.name}: {self.url} gave {report['bytes'] / report['requests']:.0f} bytes a time")
        done = Run(report["requests"] / report["seconds"], report["p50"], report["p99"], app, database)
        self.runs.append(done)
        return done

    def check(self, times: int = 24) -> bytes:
        """Ask until every thread of the server has been awake; return the answer, which must always have one length."""
        body = self.read()
        self.size = len(body)
        ask(self.url, 1, CONNECTIONS)
        if any(len(self.read()) != self.size for _each in range(times - 1)):
            raise BenchError(f"{self.name}: {self.url} does not always answer the same")
        return body

    def _costs(self) -> tuple[float, float]:
        return cpu.seconds(self.server.app), cpu.seconds(self.server.database)


@dataclass(frozen=True)
class Run:
    """What one run gave: a second; milliseconds; processor milliseconds a request."""

    rps: float
    p50: float
    p99: float
    app: float
    database: float

    @property
    def cost(self) -> float:
        """Return the processor time of a request, all in all."""
        return self.app + self.database


def ask(url: str, seconds: int, connections: int, paths: Iterable[str] = ()) -> dict[str, float]:
    """Run wrk and return its report."""
    headers = [part for name, value in HEADERS.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", f"{TIMEOUT}s", "-s", str(REPORT)]
    told = subprocess.run([*command, *headers, url, "--", *paths], check=True, capture_output=True, text=True).stdout
    report: dict[str, float] = json.loads(told[told.rindex("REPORT ") + len("REPORT ") :])
    return report
