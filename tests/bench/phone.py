"""What a phone on a slow line waits for: a cold cache, 390 px, Lighthouse's slow 4G, a processor four times as slow."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from .table import Line
from .wrk import BenchError, Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .rows import Rounds, Sites

WIDTH, HEIGHT, SCALE = 390, 844, 3
# Lighthouse's "slow 4G": 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back.
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SLOWER = 4
OPTIONS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
SETTLE_MS = 1_000
MOST_MS, MOST_KB = 1_500, 150
LARGEST = """
window.largest = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.largest = entry.startTime; }))
  .observe({ type: "largest-contentful-paint", buffered: true });
"""


@dataclass(frozen=True)
class Opened:
    """One opening of a page: when its largest content was painted (ms), and what came over the line (bytes)."""

    largest: float
    transferred: float
    asked: tuple[str, ...]


def opened(browser: Browser, url: str) -> Opened:
    """Open a page as somebody who was never here."""
    screen: Any = {"width": WIDTH, "height": HEIGHT}
    context = browser.new_context(viewport=screen, device_scale_factor=SCALE, is_mobile=True, has_touch=True)
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    asked: list[str] = []
    sizes: list[float] = []
    session.on("Network.responseReceived", lambda event: asked.append(event["response"]["url"]))
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    tab.add_init_script(LARGEST)
    answer = tab.goto(url, wait_until="load")
    tab.wait_for_timeout(SETTLE_MS)
    largest = float(tab.evaluate("window.largest"))
    context.close()
    if answer is None or answer.status != 200 or not largest:
        raise BenchError(f"{url}: {answer.status if answer else 'no answer'}, largest paint {largest}")
    return Opened(largest, sum(sizes), tuple(asked))


def phone(sites: Sites, rounds: Rounds, front: Server | None) -> Iterator[Line]:
    """Row 15: portal, unit and disclosure through the edge, or by our own process where there is none."""
    server = front or sites.ours
    pages = {"门户": "/", "单位": sites.facts["unit_path"], "公开信息": sites.facts["disclosure_path"]}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=OPTIONS)
        for name, path in pages.items():
            # Twice, so that it is stored; who was here before is somebody else.
            runs = [opened(browser, server.url + path) for _each in range(rounds.rounds + 2)][2:]
            line = Line(15, f"手机、慢速 4G：{name}的最大内容绘制", sites.size, "—", MOST_MS, at_least=False)
            line.unit, line.values = "毫秒", [run.largest for run in runs]
            yield line
            line = Line(15, f"手机、慢速 4G：{name}的全部传输", sites.size, "—", MOST_KB, at_least=False)
            line.unit, line.values = "KB", [run.transferred / 1024 for run in runs]
            line.note = f"（{len(runs[-1].asked)} 个文件）"
            yield line
        browser.close()
