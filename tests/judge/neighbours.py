"""Who stands beside the site while it is judged: a provider in a process of its own, and search engines of others."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import override_settings

from tests.joint.answering import JSON, Engine, answering, result

# Nobody listens there.
NOBODY = "http://127.0.0.1:1"
# In seconds; a source has two.
THINKS = 0.8


@dataclass(frozen=True)
class Neighbours:
    """Where they answer: the provider, and each engine by how it answers."""

    provider: str
    engines: dict[str, Engine]


@contextmanager
def neighbours() -> Iterator[Neighbours]:
    """Let them answer, and let the site ask them although they stand on this machine."""
    command = [sys.executable, "-m", "cms.connectors.sandbox", "--port", "0"]
    with ExitStack() as ends:
        process = ends.enter_context(
            subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)
        )
        ends.callback(process.terminate)
        assert process.stdout is not None
        address = process.stdout.readline().partition("：")[2].split("　")[0]
        allowed = [urlsplit(each).netloc for each in (address, NOBODY)]
        limits: dict[str, Any] = {"JOINT_SEARCH_PER_CLIENT": 0}
        ends.enter_context(override_settings(GUARDED_HTTP_ALLOWED=allowed, SANDBOX_URL=address, **limits))
        engines = {name: ends.enter_context(answering(settings)) for name in ("answers", "nothing", "slow", "broken")}
        engines["answers"].says({"number_of_results": 1234, "results": findings()})
        engines["nothing"].says({"results": []})
        engines["slow"].manner = think
        engines["broken"].status = 503
        yield Neighbours(address, engines)


def findings() -> list[dict[str, Any]]:
    """Return results of every look: whole, bare, long, and one that cannot be shown."""
    return [
        result(publishedDate="2026-11-20T00:00:00", content="示例：检修停水，请提前储水。" * 8),
        result(title="示例" + "很长的标题" * 20, url="https://www.example.org/" + "a" * 180, content="", engines=[]),
        result(title="A sample in English", url="https://www.example.com/en/", content="Water is off for repairs."),
        result(url="javascript:alert(1)"),
    ]


def think(handler: Any) -> None:
    """Answer late."""
    time.sleep(THINKS)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nConnection: close\r\n\r\n"
    handler.wfile.write(head.encode() + b'{"results": []}')
