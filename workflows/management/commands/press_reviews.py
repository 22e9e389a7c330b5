"""Move overdue reviews one office up."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from workflows.reviewing import press_overdue


class Command(BaseCommand):
    """Move overdue reviews one office up."""

    help = "把逾期未复核的事项上移一级（由 work 每 10 分钟执行）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Press."""
        if moved := press_overdue():
            self.stdout.write(f"上移 {moved} 件。")
