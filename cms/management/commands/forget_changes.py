"""Forget tombstones and settled changes that nobody asks for any more."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.delivery.stored import settling


class Command(BaseCommand):
    """Remove what is older than `TOMBSTONE_DAYS`. The worker runs this every night."""

    help = "清除过期的变更记录（撤下、删除的标记保留 TOMBSTONE_DAYS 天）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Forget, tell."""
        self.stdout.write(_("清除 %(count)d 条过期标记") % {"count": settling.forget()})
