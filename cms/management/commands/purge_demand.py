"""Delete counts that are older than they may be."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.demand.counting import purge


class Command(BaseCommand):
    """A due job of the worker."""

    help = "删除超过保存天数的阅读和搜索次数"

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them."""
        if purged := purge():
            self.stdout.write(f"已删除过期的计数 {purged} 行。")
