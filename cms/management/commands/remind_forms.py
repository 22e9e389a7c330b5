"""Remind units whose registration form is due."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.people.report.letters import remind_forms


class Command(BaseCommand):
    """A due job of the worker: each unit hears of it once a month at most."""

    help = "提醒单位填报或重新确认办事公开工作信息登记表（每月至多一次）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the letters and say how many units were reminded."""
        if reminded := remind_forms():
            self.stdout.write(f"已提醒 {reminded} 个单位。")
