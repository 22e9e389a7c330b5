"""Write to administrators what is amiss with the people below them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.people.report.letters import report_people


class Command(BaseCommand):
    """A due job of the worker: nothing new, no letter."""

    help = "向各级管理员报告所辖人员状况（有变化才报，否则每周一次）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the letters and say how many organisations were told."""
        if told := report_people():
            self.stdout.write(f"已报告 {told} 个单位的管理员。")
