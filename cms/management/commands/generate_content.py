"""Fill the tree with published sample disclosures, fast."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.demo.generator import generate
from cms.management.progress import bar


class Command(BaseCommand):
    """For demonstrations and benchmarks; everything it writes is marked 示例."""

    help = "在现有单位下生成若干条已公开的示例信息（含版本、引用、登记和检索记录）"

    def add_arguments(self, parser: CommandParser) -> None:
        """Say how many."""
        parser.add_argument("--disclosures", type=int, required=True, help="生成多少条")
        parser.add_argument("--no-search", action="store_true", help="不写检索记录（之后运行 update_index）")

    def handle(self, *args: Any, disclosures: int, no_search: bool, **options: Any) -> None:
        """Generate and tell the rate."""
        if disclosures < 1:
            raise CommandError("“--disclosures”应为正整数。")
        started = time.monotonic()
        try:
            done = generate(disclosures, bar(disclosures), search=not no_search)
        except ValueError as error:
            raise CommandError(str(error)) from error
        seconds = time.monotonic() - started
        self.stdout.write(
            self.style.SUCCESS(f"已生成 {done} 条，用时 {seconds:.1f} 秒（{done / seconds:.0f} 条/秒）。")
        )
