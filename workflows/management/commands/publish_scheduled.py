"""In the place of Wagtail's command, which publishes whatever carries a date: only what was approved for it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from workflows.scheduling import expire_due, publish_due


class Command(BaseCommand):
    """Publish what is due and take out what has expired, each by itself."""

    help = "按定时公开已批准的版本，撤下公开期满的内容（由 work 每分钟执行）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Do both."""
        published, expired = publish_due(), expire_due()
        if published or expired:
            self.stdout.write(f"定时公开 {published} 件，到期撤下 {expired} 件。")
