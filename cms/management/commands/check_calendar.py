"""Warn the operators, from November on, of a year that is not in the workday calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ledger.letters import Message, write
from ledger.models import Letter
from snippets.workdays import missing_years, years_to_know
from workflows.due import operators

KIND = "calendar.missing"


class Command(BaseCommand):
    """Run daily by the worker; writes once a week as long as a year is missing."""

    help = "工作日历缺少本年或（十一月起）下一年的安排时，提醒平台管理员"

    def handle(self, *args: Any, **options: Any) -> None:
        """Write to whoever runs the platform."""
        missing = missing_years(years_to_know(timezone.localdate()))
        if not missing or self._told_lately():
            return
        years = "、".join(map(str, missing))
        body = (
            f"工作日历中还没有 {years} 年的放假调休安排，跨入该年的期限按周一至周五计算，标为“暂定”。"
            "请按国务院办公厅的通知补录。"
        )
        write(operators(), Message(KIND, f"请补录 {years} 年工作日历", body, "/admin/calendar/", must_act=False))
        self.stdout.write(f"缺少 {years} 年，已提醒。")

    def _told_lately(self) -> bool:
        week_ago = timezone.now() - timedelta(days=7)
        return Letter.objects.filter(kind=KIND, written_at__gt=week_ago).exists()
