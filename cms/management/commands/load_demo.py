"""Load the sample: the bundled city pack with content in every page type and every state of approval."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.demo.load import load_demo
from cms.demo.people import PASSWORD, PEOPLE


class Command(BaseCommand):
    """Idempotent: what is there stays; accounts and their password are printed."""

    help = "载入示例数据和各角色的示例账号（可重复运行）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then print who may sign in."""
        load_demo(self.stdout.write)
        self.stdout.write(f"示例账号（密码都是 {PASSWORD}）：")
        for person in PEOPLE:
            self.stdout.write(f"  {person.username:<20}{person.role}")
