"""Row 13: is an old answer given after a change? Asked under load, of every layer there is, with the worker at work."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from . import servers
from .rows import Rounds, Sites
from .table import Line
from .wrk import CONNECTIONS, HEADERS, REPORT, Server, Subject

PROMISE = 100
TIMES = 3
# The probe asks, too.
LOAD = CONNECTIONS // 2
LONG = 600


def freshness(sites: Sites, rounds: Rounds, front: Server | None) -> Iterator[Line]:
    """Change pages while wrk reads them, and look for old answers."""
    watched = paths(sites)
    targets = [server for server in (sites.ours, front) if server]
    load = [reading(server, list(watched.values())) for server in targets]
    try:
        with servers.started([sys.executable, "manage.py", "work"], sites.environment):
            told = probe(sites, [server.url for server in targets], watched)
    finally:
        for process in load:
            process.terminate()
            process.wait()
    worst = max(told["latest"].values(), default=0)
    where = max(told["latest"], key=told["latest"].get, default="") if worst > PROMISE else ""
    note = f"（问 {told['asked']:,} 次{'，' + where if where else ''}{'' if front else '，没有边缘'}）"
    line = Line(13, "提交之后仍给旧内容，最久", sites.size, "—", PROMISE, at_least=False, unit="毫秒", note=note)
    line.values, line.broken = [worst], bool(told["broken"])
    yield line


def paths(sites: Sites) -> dict[str, str]:
    """Return where the newest disclosure of the chosen unit is to be seen."""
    listing = f"/api/v2/disclosures/?limit=5&organisation={quote(sites.facts['organisation'])}"
    newest = json.loads(Subject("newest", sites.uncached, listing).read())["items"][0]
    facts: dict[str, Any] = sites.facts | {"newest": newest["id"]}
    sites.facts = facts
    return {
        "html": urlsplit(newest["meta"]["html_url"]).path,
        "unit": facts["unit_path"],
        "detail": f"/api/v2/disclosures/{newest['id']}/",
        "list": listing,
    }


def reading(server: Server, watched: list[str], seconds: int = LONG) -> subprocess.Popen[bytes]:
    """Start readers."""
    headers = [part for name, value in HEADERS.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{LOAD}", f"-d{seconds}s", "-s", str(REPORT), *headers, server.url, "--", *watched]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=sys.stderr)


def probe(sites: Sites, bases: list[str], watched: dict[str, str]) -> dict[str, Any]:
    """Change and ask, in a process of its own."""
    told = {
        "page": sites.facts["newest"],
        "unit": sites.facts["unit"],
        "bases": bases,
        "watched": watched,
        "times": TIMES,
    }
    done: dict[str, Any] = json.loads(
        servers.run(sites.environment, "-m", "tests.bench.changes", "fresh", json.dumps(told))
    )
    return done
