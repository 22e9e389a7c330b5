"""What a request costs: the processor time of a server's processes, read from /proc."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
# Places in /proc/<pid>/stat behind the name: the parent, then user, system, and those of children that have ended.
PARENT, TIMES = 1, slice(11, 15)


def processes() -> dict[int, tuple[int, int]]:
    """Return parent and ticks of every process."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended meanwhile
                continue
            found[int(entry.name)] = int(fields[PARENT]), sum(map(int, fields[TIMES]))
    return found


def seconds(roots: Iterable[int]) -> float:
    """Return the processor time of processes and all below them."""
    known = processes()
    return sum(known[pid][1] for pid in below(roots, known)) / TICKS


def below(roots: Iterable[int], known: dict[int, tuple[int, int]] | None = None) -> list[int]:
    """Return processes and all below them."""
    known = processes() if known is None else known
    children = defaultdict(list)
    for pid, (parent, _ticks) in known.items():
        children[parent].append(pid)
    waiting, found = [pid for pid in roots if pid in known], []
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children[pid]
    return found
