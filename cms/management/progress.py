"""A bar on the terminal for long work; silent where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable

WIDTH = 40


def bar(total: int) -> Callable[[int], None]:
    """Return a function that is told how many more are done, and draws."""
    if not sys.stderr.isatty():
        return lambda count: None
    done = 0

    def draw(count: int) -> None:
        nonlocal done
        done += count
        filled = WIDTH * done // max(total, 1)
        ending = "\n" if done >= total else ""
        sys.stderr.write(f"\r[{'█' * filled}{'·' * (WIDTH - filled)}] {done}/{total}{ending}")
        sys.stderr.flush()

    return draw
