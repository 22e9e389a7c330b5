"""make bench: our site against nginx and against a stock Wagtail site with the same content, in one run.

Builds everything it needs, measures, writes the table, and leaves nothing running.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from . import edge, rows, servers, table
from .cluster import Cluster, cluster
from .freshness import freshness
from .phone import phone
from .searching import searching
from .soak import soak
from .table import Line
from .wrk import BenchError, Server, Subject

ALL_ROWS = (1, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 15, 16)
SIZES, MILLION = (1_000, 10_000, 100_000), 1_000_000
BULK_TARGET = 800


def main() -> int:
    """Run the bench; the answer is 0 when all could be measured, whatever came of it."""
    asked = arguments()
    # SIGTERM unwinds the stack like Ctrl-C does, so that nothing is left.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="gk-bench-", dir="/tmp") as name:
        home = Path(name)
        home.chmod(0o755)
        bench = Bench(home, rows.Rounds(asked.rounds, asked.seconds), set(asked.rows), asked.soak)
        try:
            bench.run(asked.sizes)
        except KeyboardInterrupt:
            return 130
        except BenchError as error:
            notes = getattr(error, "__notes__", [])
            print(f"没有测完：{error}", *notes, sep="\n", file=sys.stderr)
            return 1
        finally:
            if bench.lines:
                bench.facts |= {"用时": f"{(time.monotonic() - started) / 60:.0f} 分钟"}
                print(table.written(bench.lines, bench.facts))
    file = table.save(bench.lines, bench.facts, document=not asked.no_document)
    print(f"已存：{file}")
    return 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="make bench", description="性能基准")
    numbers = {"type": lambda text: tuple(int(part) for part in text.split(","))}
    parser.add_argument("--sizes", default=SIZES, help="公开信息条数，逗号隔开", **numbers)
    parser.add_argument("--million", action="store_true", help="另加一百万条")
    parser.add_argument("--rounds", type=int, default=3, help="每项测几轮")
    parser.add_argument("--seconds", type=int, default=5, help="每轮几秒")
    parser.add_argument("--rows", default=ALL_ROWS, help="只测哪几行，逗号隔开", **numbers)
    parser.add_argument("--soak", type=int, default=0, help="最大规模上连续读几秒，看连接数、文件数、内存是否增长")
    parser.add_argument("--no-document", action="store_true", help="不改写 docs/performance.md")
    asked = parser.parse_args()
    asked.sizes = sorted({*asked.sizes, *([MILLION] if asked.million else [])})
    return asked


class Bench:
    """One run."""

    def __init__(self, home: Path, rounds: rows.Rounds, wanted: set[int], soak: int) -> None:
        self.home, self.rounds, self.wanted, self.soak = home, rounds, wanted, soak
        self.lines: list[Line] = []
        self.facts = {"日期": time.strftime("%Y-%m-%d %H:%M"), "测前负载": table.load_average()}
        self.publications: dict[int, dict[str, float]] = {}

    def run(self, sizes: list[int]) -> None:
        """Build all sites, then measure size by size."""
        with ExitStack() as stack:
            postgres = stack.enter_context(cluster())
            made = {size: self.build(postgres, size) for size in sizes}
            self.static = stack.enter_context(servers.static(self.home / "nginx"))
            kept: dict[int, rows.Sites] = {}
            for size in sizes:
                with ExitStack() as until_next:
                    # The smallest stays until the largest has been compared with it.
                    scope = stack if size == sizes[0] and 10 in self.wanted else until_next
                    kept[size] = self.start(scope, postgres, size, made[size])
                    self.measure(kept[size])
                    if size == sizes[-1] != sizes[0] and 10 in self.wanted:
                        self.add(rows.growth(kept[sizes[0]], kept[size], self.rounds))
                    if size == sizes[-1] and self.soak:
                        say(f"{size:,} 条：连续读 {self.soak} 秒")
                        self.add(soak(kept[size], postgres, self.soak))
            self.facts["测后负载"] = table.load_average()
        self.compare_publications()

    def build(self, postgres: Cluster, size: int) -> dict[str, Any]:
        """Make both sites' content at one size."""
        folder = self.home / str(size)
        folder.mkdir()
        ours, stock = f"ours_{size}", f"stock_{size}"
        if not hasattr(self, "city"):
            self.city = self.make_city(postgres)
        addresses = {ours: postgres.database(ours, self.city), stock: postgres.database(stock)}
        environment = servers.ours(self.home, addresses[ours])
        say(f"{size:,} 条：生成内容")
        servers.run(environment, "-m", "tests.bench.content", "disclosures", folder, size)
        made = json.loads((folder / "made.json").read_text())
        if 12 in self.wanted:
            line = Line(12, "批量生成（含版本、引用、登记、检索）", size, "—", BULK_TARGET, unit="条/秒")
            line.values = [made["count"] / made["seconds"]]
            self.add([line])
        servers.run(environment, "-m", "tests.bench.content", "write_down", folder)
        say(f"{size:,} 条：载入原版站点")
        servers.run(servers.stock(addresses[stock]), "-m", "tests.bench.stock", folder)
        return {"folder": folder, "ours": addresses[ours], "stock": addresses[stock]}

    def make_city(self, postgres: Cluster) -> str:
        """Load the city that all sizes share; return the name of its database."""
        say("载入城市")
        environment = servers.ours(self.home, postgres.database("city"))
        servers.run(environment, "-m", "tests.bench.content", "city", self.home)
        servers.run(environment, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
        return "city"

    def start(self, scope: ExitStack, postgres: Cluster, size: int, made: dict[str, Any]) -> rows.Sites:
        """Start the servers of one size."""
        say(f"{size:,} 条：启动")

        def serve(application: str, environment: dict[str, str]) -> Server:
            return scope.enter_context(servers.site(application, environment, postgres.pid))

        environment = servers.ours(self.home, made["ours"])
        facts, stock_facts = (json.loads((made["folder"] / f"{name}.json").read_text()) for name in ("ours", "stock"))
        return rows.Sites(
            size,
            facts,
            stock_facts,
            environment,
            servers.stock(made["stock"]),
            ours=serve("cms.wsgi", environment),
            uncached=serve("tests.bench.plain_wsgi", environment),
            stock=serve("tests.bench.stock.wsgi", servers.stock(made["stock"])),
            stock_cached=serve("tests.bench.stock.wsgi", servers.stock(made["stock"], menu_cached=True)),
        )

    def measure(self, sites: rows.Sites) -> None:
        """Measure every wanted row at one size."""
        with ExitStack() as stack:
            front = stack.enter_context(edge.edge(self.home, sites)) if {1, 13, 15} & self.wanted else None
            for row, measurement in self.measurements(sites, front).items():
                if row in self.wanted:
                    say(f"{sites.size:,} 条：第 {row} 行")
                    self.add(measurement(sites, self.rounds))
        found = [line for line in self.lines if line.row == 11 and line.size == sites.size]
        if found:
            self.publications[sites.size] = found[0].ours

    def measurements(self, sites: rows.Sites, front: Server | None) -> dict[int, Any]:
        """Return what measures each row."""
        path = sites.facts["disclosure_path"]
        hit = "命中边缘缓存"
        at_edge = rows.against_static(1, hit, 0.80, Subject("edge", front, path), self.file) if front else None
        own = Subject("own process", sites.ours, path)
        return {
            1: at_edge or (lambda sites, rounds: [Line(1, hit, sites.size, "nginx 静态文件", 0.80)]),
            3: rows.against_static(3, "命中本进程缓存，无代理", 0.07, own, self.file),
            4: rows.html,
            5: rows.against_stock(5, 15),
            6: rows.against_stock(6, 70),
            7: rows.against_stock(7, 35),
            8: rows.deep,
            11: rows.publishing,
            13: lambda sites, rounds: freshness(sites, rounds, front),
            15: lambda sites, rounds: phone(sites, rounds, front),
            16: searching,
        }

    def file(self, content: bytes) -> Subject:
        """Give nginx the same bytes as a file."""
        (self.home / "nginx" / "www" / "same.html").write_bytes(content)
        return Subject("static", self.static, "/same.html")

    def compare_publications(self) -> None:
        """Compare what publishing costs at the smallest and at the largest size."""
        if len(self.publications) > 1:
            small, large = min(self.publications), max(self.publications)
            self.add([rows.flat(self.publications[small], self.publications[large], (small, large))])

    def add(self, lines: Iterable[Line]) -> None:
        """Keep lines, and show each at once."""
        for line in lines:
            self.lines.append(line)
            say(" | ".join(line.cells()))


def say(text: str) -> None:
    """Say what is being done."""
    print(f"{time.strftime('%H:%M:%S')}  {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
