"""Row 14: a long load. Does the site hold on to connections, files or memory?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from . import cpu
from .cluster import Cluster
from .freshness import reading
from .rows import Sites
from .table import Line
from .wrk import BenchError, Subject

# Every thread has connected and every cache is warm after a tenth of the time.
WARM = 0.1
EVERY = 5
PAGE = 4096


def soak(sites: Sites, postgres: Cluster, seconds: int) -> Iterator[Line]:
    """Read pages and lists for long; compare the most after warming up with the most before."""
    watched = list(sites.paths().values())
    for path in watched:
        Subject("soak", sites.uncached, path).check()
    before: list[tuple[int, int, int]] = []
    after: list[tuple[int, int, int]] = []
    load, started = reading(sites.uncached, watched, seconds), time.monotonic()
    try:
        while (passed := time.monotonic() - started) < seconds - EVERY:
            time.sleep(EVERY)
            if load.poll() is not None:
                raise BenchError(f"soak: the readers ended after {passed:.0f} seconds")
            (before if passed < seconds * WARM else after).append(held(sites, postgres))
    finally:
        load.terminate()
        load.wait()
    names = ("数据库连接数", "打开的文件数", "内存（兆字节）")
    for name, allowed, early, late in zip(
        names, (0, 0, 64), zip(*before, strict=True), zip(*after, strict=True), strict=True
    ):
        grown = max(late) - max(early)
        line = Line(14, f"连续读 {seconds} 秒，{name}的增长", sites.size, "预热之后", allowed, at_least=False, unit="")
        line.values, line.note = [grown], f"（{max(early):,} → {max(late):,}）"
        yield line


def held(sites: Sites, postgres: Cluster) -> tuple[int, int, int]:
    """Return connections of the cluster, open files and megabytes of the site's processes."""
    files = megabytes = 0
    for pid in cpu.below(sites.uncached.app):
        folder = Path("/proc", str(pid))
        try:
            files += len(list((folder / "fd").iterdir()))
            megabytes += int((folder / "statm").read_text().split()[1]) * PAGE // 2**20
        except OSError:  # it has ended meanwhile
            continue
    return postgres.connections(), files, megabytes
