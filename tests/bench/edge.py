"""The edge: nginx in front of our site, with the configuration that we deliver."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .cluster import ROOT
from .wrk import Server

CONFIGURATION = ROOT / "deploy" / "nginx"


@contextmanager
def edge(home: Path, site: Server) -> Iterator[Server | None]:
    """Run the edge until the end of the block; None while there is none."""
    yield None
