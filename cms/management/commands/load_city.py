"""Load a city pack: organisations, industries, catalogues, services."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.city.installed import from_registry
from cms.city.loading import Report, load
from cms.city.pack import read_pack
from cms.city.plan import plan
from cms.management.progress import bar
from ledger.events import record

KINDS = {
    "portal": "市门户",
    "district": "区市县",
    "department": "主管部门",
    "unit": "单位",
    "industry": "行业",
    "entry": "目录事项",
    "service": "在线服务",
    "words": "检索用词",
    "life event": "人生事件",
    "listing page": "列表页",
}


class Command(BaseCommand):
    """Validate all of a pack first, then load it in one transaction; a second run changes nothing."""

    help = "载入一个城市包（先全部核对，再在一个事务中写入；重复运行不产生变化）"

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the folder."""
        parser.add_argument("folder", type=Path, help="城市包所在的文件夹（内有 city.toml）")
        parser.add_argument("--dry-run", action="store_true", help="只核对并显示计划，不写入")
        parser.add_argument("--quiet-warnings", action="store_true", help="只报警告的条数，不逐条列出")

    def handle(self, *args: Any, folder: Path, dry_run: bool, quiet_warnings: bool, **options: Any) -> None:
        """Read, plan, show, load."""
        pack, problems = read_pack(folder, from_registry())
        if pack is None or problems.errors:
            for problem in problems.errors:
                self.stderr.write(str(problem))
            raise CommandError(f"城市包有 {len(problems.errors)} 处错误，什么也没有写入。")
        planned = plan(pack, problems)
        self._warn(problems.warnings, quiet=quiet_warnings)
        counts = planned.counts()
        shown = "，".join(f"{label} {counts[kind]}" for kind, label in KINDS.items() if counts[kind])
        self.stdout.write(f"计划：{shown}；不载入 {counts['held back']} 行。")
        if dry_run:
            return
        started = time.monotonic()
        report = load(planned, bar(len(planned.organisations)))
        record(
            "city.loaded",
            folder=folder.name,
            created=dict(report.created),
            updated=dict(report.updated),
            moved=dict(report.moved),
        )
        self._tell(report, time.monotonic() - started)

    def _warn(self, warnings: list[Any], *, quiet: bool) -> None:
        if not quiet:
            for problem in warnings:
                self.stdout.write(str(problem))
        if warnings:
            self.stdout.write(f"共 {len(warnings)} 条警告。")

    def _tell(self, report: Report, seconds: float) -> None:
        for remark in report.remarks:
            self.stdout.write(remark)
        parts = (("新建", report.created), ("更新", report.updated), ("移动", report.moved), ("未变", report.unchanged))
        for label, counter in parts:
            if counter.total():
                shown = "，".join(f"{KINDS[kind]} {number}" for kind, number in counter.items())
                self.stdout.write(f"{label}：{shown}")
        self.stdout.write(self.style.SUCCESS(f"完成，用时 {seconds:.1f} 秒。"))
