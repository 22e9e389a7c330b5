"""The edge: nginx in front of our site, with the configuration that we deliver."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import servers
from .cluster import ROOT
from .rows import Sites
from .wrk import BenchError, Server

DELIVERED = ROOT / "deploy" / "nginx" / "gongkai.conf"


@contextmanager
def edge(home: Path, sites: Sites) -> Iterator[Server | None]:
    """Run the edge until the end of the block; None while there is none."""
    if not DELIVERED.is_file():
        yield None
        return
    port, text = servers.free_port(), DELIVERED.read_text()
    folder = servers.edge_of(home, sites.environment["DATABASE_URL"])
    for ours, here in (
        ("server 127.0.0.1:8000;", f"server {sites.ours.url.removeprefix('http://')};"),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("/var/lib/gongkai/edge/now", str(folder / "now")),
        ("/var/log/nginx/", f"{home}/"),
        ("/var/lib/gongkai/static/", f"{sites.environment['STATIC_ROOT']}/"),
        ("X-Forwarded-Proto $scheme;", "X-Forwarded-Proto https;"),
        # A browser names the port, too; answers are stored for the host of `BASE_URL`.
        ("Host $http_host;", "Host 127.0.0.1;"),
    ):
        if ours not in text:
            raise BenchError(f"{DELIVERED}: {ours!r} is missing")
        text = text.replace(ours, here)
    with servers.nginx(home / f"edge-{sites.size}", port, text, behind=sites.ours) as server:
        yield server
