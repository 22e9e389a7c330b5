"""Remind administrators of tokens that are about to end."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.api.writing.once import forget_answers
from cms.tokens.reminding import remind_of_tokens


class Command(BaseCommand):
    """A due job of the worker: 30 days, 7 days, 1 day before the end, and at the end."""

    help = "提醒管理员接口令牌将要到期（每个时点一次）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the letters and say how many; forget answers older than a day."""
        forget_answers()
        if reminded := remind_of_tokens():
            self.stdout.write(f"已提醒 {reminded} 个接口令牌。")
