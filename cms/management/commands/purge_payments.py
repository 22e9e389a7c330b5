"""Delete orders of payment that are kept no longer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.connectors.reconciling import forget


class Command(BaseCommand):
    """Purge."""

    help = "清除过期的缴费订单、对账报告和通知编号（PAYMENT_DAYS）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete."""
        self.stdout.write(f"清除 {forget(timezone.now())} 行。")
