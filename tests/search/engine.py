"""The stand-in for a search engine, in a process of its own, as a test starts, hampers and stops it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

STUB = Path(__file__).with_name("stub_engine.py")


class StubEngine:
    """One process; what it holds ends with it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen([sys.executable, str(STUB)], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.url = f"http://127.0.0.1:{self.process.stdout.readline().strip()}"

    def stop(self) -> None:
        """End it at once, as a crash does."""
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def behave(self, **manner: Any) -> None:
        """Let every answer take so many `seconds`, or be a `status`, and more (see there); well again without."""
        request = Request(f"{self.url}/_stub", data=json.dumps(manner).encode(), method="PUT")
        with urlopen(request, timeout=5):
            pass

    @property
    def told(self) -> dict[str, Any]:
        """Return what it was asked and what it holds."""
        with urlopen(f"{self.url}/_stub", timeout=5) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    @property
    def searches(self) -> int:
        """Return how many searches it was asked."""
        return int(self.told["asked"].get("_search", 0))

    @property
    def rows(self) -> int:
        """Return how many rows it holds, in all its indexes."""
        return sum(self.told["indexes"].values())


@contextmanager
def stub_engine() -> Iterator[StubEngine]:
    """Run one until the end of the block."""
    engine = StubEngine()
    try:
        yield engine
    finally:
        engine.stop()


def use(settings: Any, kind: str, url: str, **others: Any) -> None:
    """Set the project to an engine, as the environment would."""
    settings.SEARCH_ENGINE, settings.SEARCH_ENGINE_URL = kind, url
    for name, value in others.items():
        setattr(settings, name, value)
    settings.WAGTAILSEARCH_BACKENDS = settings.BESIDE_AN_ENGINE
