"""The rows of the table: what is asked of whom, and what must come of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.parse import quote

from . import servers
from .table import Line
from .wrk import BenchError, Server, Subject

LIST = "/api/v2/disclosures/?limit=20&fields=*"
STOCK_LIST = "/api/v2/pages/?type=stock.DisclosurePage&fields=*&order=-date&limit=20"
# So many that each process is asked more than once.
READERS = 16


@dataclass
class Sites:
    """What runs at one size: our site and the stock site, with the facts of their content."""

    size: int
    facts: dict[str, Any]
    stock_facts: dict[str, Any]
    environment: dict[str, str]
    stock_environment: dict[str, str]
    ours: Server
    uncached: Server
    stock: Server
    stock_cached: Server

    def paths(self) -> dict[int, str]:
        """Return the addresses of rows 4 to 8 on our site."""
        by_both = f"&organisation={quote(self.facts['organisation'])}&entry={quote(self.facts['entry'])}"
        return {
            4: self.facts["disclosure_path"],
            5: f"/api/v2/disclosures/{self.facts['disclosure']}/",
            6: LIST,
            7: LIST + by_both,
            8: LIST + f"&cursor={quote(self.facts['cursor'])}",
        }

    def stock_paths(self) -> dict[int, str]:
        """Return the addresses of rows 4 to 7 on the stock site."""
        by_both = f"&category={self.stock_facts['category']}&descendant_of={self.stock_facts['unit']}"
        return {
            4: self.stock_facts["disclosure_path"],
            5: f"/api/v2/pages/{self.stock_facts['disclosure']}/?fields=*",
            6: STOCK_LIST,
            7: STOCK_LIST + by_both,
        }

    def tend(self, *paths: str) -> None:
        """Ask for lists as several readers do, with the worker at work: what is asked again is stored."""
        for command in ("settle_changes", "store_reads", ""):
            if command:
                servers.run(self.environment, "manage.py", command)
            for path in paths:
                for _each in range(READERS):
                    Subject("ours", self.uncached, path).read()


NAMES = {4: "网页（不经缓存）", 5: "接口单条", 6: "接口列表 20 条，含总数", 7: "接口列表，按事项和单位筛选"}


@dataclass(frozen=True)
class Rounds:
    """How long is measured."""

    rounds: int
    seconds: int

    def compare(self, *subjects: Subject) -> None:
        """Run subjects in turn, round by round, so that whatever else the machine does meets all of them."""
        for subject in subjects:
            subject.check()
        for _each in range(self.rounds):
            for subject in subjects:
                subject.run(self.seconds)


def middle(subject: Subject) -> dict[str, float]:
    """Return the medians of a subject's runs, and how long its answer is."""
    names = ("rps", "p50", "p99", "app", "database")
    return {name: median(getattr(run, name) for run in subject.runs) for name in names} | {"bytes": subject.size}


def faster(line: Line, ours: Subject, other: Subject) -> Line:
    """Fill a line with how many times as many answers a second ours gives."""
    line.values = [a.rps / b.rps for a, b in zip(ours.runs, other.runs, strict=True)]
    line.ours, line.other = middle(ours), middle(other)
    return line


def dearer(line: Line, ours: Subject, other: Subject) -> Line:
    """Fill a line with how many times as much processor time a request of the first costs."""
    line.values = [a.cost / b.cost for a, b in zip(ours.runs, other.runs, strict=True)]
    line.ours, line.other = middle(ours), middle(other)
    return line


def same_words(ours: Subject, other: Subject, facts: dict[str, Any]) -> None:
    """Make sure that both sites answer with the same disclosure."""
    for subject in (ours, other):
        text = subject.read().decode()
        if facts["index_number"] not in text or facts["title"] not in text:
            raise BenchError(f"{subject.name}: {subject.url} is not about {facts['title']!r}")


def against_static(row: int, name: str, target: float, ours: Subject, static: Callable[[bytes], Subject]) -> Any:
    """Make a measurement of an address against nginx with the same bytes as a file."""

    def measure(sites: Sites, rounds: Rounds) -> Iterator[Line]:
        file = static(ours.read())
        if file.read() != ours.read():
            raise BenchError(f"{name}: not the same bytes")
        rounds.compare(ours, file)
        yield faster(Line(row, name, sites.size, "nginx 静态文件", target), ours, file)

    return measure


def html(sites: Sites, rounds: Rounds) -> Iterator[Line]:
    """Row 4: a page without any cache, against the stock site and against the same with its menu cached."""
    path, stock_path = sites.paths()[4], sites.stock_paths()[4]
    ours = Subject("ours", sites.uncached, path, sites.facts["title"])
    stock = Subject("stock", sites.stock, stock_path, sites.facts["title"])
    cached = Subject("menu cached", sites.stock_cached, stock_path, sites.facts["title"])
    same_words(ours, stock, sites.facts)
    rounds.compare(ours, stock, cached)
    yield faster(Line(4, NAMES[4], sites.size, "原版 Wagtail", 40), ours, stock)
    yield faster(Line(4, NAMES[4], sites.size, "原版，菜单进缓存", 12), ours, cached)
    asked = counted(sites, path)
    yield Line(4, "网页（不经缓存）的数据库查询", sites.size, "—", 2, at_least=False, unit="次", values=[asked])


def counted(sites: Sites, path: str) -> float:
    """Return how many queries an answer takes."""
    told = servers.run(sites.environment, "-m", "tests.bench.changes", "queries", json.dumps({"paths": [path]}))
    return float(json.loads(told)[path])


def against_stock(row: int, target: float) -> Any:
    """Make a measurement of an address without any cache against the stock site."""

    def measure(sites: Sites, rounds: Rounds) -> Iterator[Line]:
        ours = Subject("ours", sites.uncached, sites.paths()[row])
        stock = Subject("stock", sites.stock, sites.stock_paths()[row])
        if row == 5:
            same_words(ours, stock, sites.facts)
        else:
            sites.tend(ours.path)
            same_total(ours, stock)
        rounds.compare(ours, stock)
        yield faster(Line(row, NAMES[row], sites.size, "原版 Wagtail", target), ours, stock)

    return measure


def same_total(ours: Subject, stock: Subject) -> None:
    """Make sure that both sites list as many rows, of as many."""
    first, second = (json.loads(subject.read()) for subject in (ours, stock))
    if first["meta"]["total_count"] != second["meta"]["total_count"] or len(first["items"]) != len(second["items"]):
        raise BenchError(f"{first['meta']} of ours, {second['meta']} of stock: {ours.url} {stock.url}")


def deep(sites: Sites, rounds: Rounds) -> Iterator[Line]:
    """Row 8: a page far down the list against the first one."""
    paths = sites.paths()
    far, first = Subject("deep", sites.uncached, paths[8]), Subject("first", sites.uncached, paths[6])
    sites.tend(far.path, first.path)
    rounds.compare(far, first)
    yield dearer(Line(8, "游标翻到 90% 处", sites.size, "第一页", 1.2, at_least=False), far, first)


def growth(small: Sites, large: Sites, rounds: Rounds) -> Iterator[Line]:
    """Row 10: the same requests on a large and on a small site."""
    names = NAMES | {8: "游标翻到 90% 处"}
    for sites in (small, large):
        sites.tend(*(sites.paths()[row] for row in (6, 7, 8)))
    for row in (4, 5, 6, 7, 8):
        big = Subject("large", large.uncached, large.paths()[row])
        little = Subject("small", small.uncached, small.paths()[row])
        rounds.compare(big, little)
        line = Line(10, f"增长：{names[row]}", large.size, f"{small.size:,} 条", 1.15, at_least=False)
        yield dearer(line, big, little)


def publishing(sites: Sites, rounds: Rounds) -> Iterator[Line]:
    """Row 11: publish one page, ours and stock's in turn."""
    times = max(5, rounds.seconds * 3)
    runs: dict[str, list[dict[str, Any]]] = {"ours": [], "stock": []}
    for _each in range(rounds.rounds):
        runs["ours"].append(published(sites.environment, sites.facts["disclosure"], times, sites.ours))
        runs["stock"].append(published(sites.stock_environment, sites.stock_facts["disclosure"], times, sites.ours))
    line = Line(11, "发布一条", sites.size, "原版 Wagtail", 0.65, at_least=False)
    middles = {name: [median(each["milliseconds"]) for each in told] for name, told in runs.items()}
    line.values = [a / b for a, b in zip(middles["ours"], middles["stock"], strict=True)]
    line.note = f"（{median(middles['ours']):.0f} ／ {median(middles['stock']):.0f} 毫秒）"
    line.ours, line.other = (cost_of(runs[name], middles[name]) for name in ("ours", "stock"))
    yield line


def published(environment: dict[str, str], page: int, times: int, server: Server) -> dict[str, Any]:
    """Publish a page in a process of its own."""
    told = {"page": page, "times": times, "database": server.database[0]}
    done: dict[str, Any] = json.loads(
        servers.run(environment, "-m", "tests.bench.changes", "publish", json.dumps(told))
    )
    return done


def cost_of(runs: list[dict[str, Any]], milliseconds: list[float]) -> dict[str, float]:
    """Return the medians of publications."""
    costs = [cost for each in runs for cost in each["costs"]]
    app, database = (sum(part) / len(costs) for part in zip(*costs, strict=True))
    return {"rps": 1000 / median(milliseconds), "app": app, "database": database}


def flat(small: dict[str, float], large: dict[str, float], sizes: tuple[int, int]) -> Line:
    """Row 11 again: what publishing costs on a large site against a small one."""
    value = (large["app"] + large["database"]) / (small["app"] + small["database"])
    name, anchor = "发布一条（CPU）的增长", f"{sizes[0]:,} 条"
    return Line(11, name, sizes[1], anchor, 1.15, at_least=False, values=[value], ours=large, other=small)
