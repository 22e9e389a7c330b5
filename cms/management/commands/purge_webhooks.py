"""Delete the records of old deliveries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.webhooks.purging import purge


class Command(BaseCommand):
    """A due job of the worker. What still waits stays."""

    help = "删除超过保存天数（WEBHOOK_LOG_DAYS）的推送记录"

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them."""
        if purged := purge(timezone.now() - timedelta(days=settings.WEBHOOK_LOG_DAYS)):
            self.stdout.write(_("已清理推送记录 %(count)d 条。") % {"count": purged})
