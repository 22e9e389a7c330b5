"""Count what was read and searched."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.demand.counting import count_all


class Command(BaseCommand):
    """A due job of the worker. Where several machines answer, each counts its own files."""

    help = "统计阅读和搜索次数（读取计数日志）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Count what is new."""
        if counted := count_all():
            self.stdout.write(f"已读取计数日志 {counted} 行。")
