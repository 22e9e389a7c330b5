"""Write the digests of the morning, on workdays from eight o'clock in Beijing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ledger.digests import closing_time, write_digests
from snippets.workdays import workday_calendar


class Command(BaseCommand):
    """A due job of the worker; whoever missed eight o'clock catches up the same day."""

    help = "工作日上午 8 时为选择汇总的人写一封汇总邮件"

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them."""
        now, today = timezone.now(), timezone.localdate()
        until = closing_time(now)
        if until is None or not workday_calendar().is_workday(today):
            return
        if written := write_digests(until):
            self.stdout.write(f"已写汇总 {written} 封。")
