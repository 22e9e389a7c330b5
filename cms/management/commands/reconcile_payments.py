"""Compare the payments of yesterday and of the days not told yet, or of one day, with each provider's account."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.connectors.reconciling import reconcile_all


class Command(BaseCommand):
    """Reconcile."""

    help = "与各提供单位对昨天（或某一天）的缴费账，写对账报告；没有缴的订单过期作废"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--date",
            type=date.fromisoformat,
            help="只对哪一天，例如 2026-11-23（默认昨天，以及七天内对方没有答复的各天）",
        )

    def handle(self, *args: Any, date: date | None, **options: Any) -> None:
        """Compare, and say with whom it could not be done."""
        done, silent = reconcile_all(date or timezone.localdate() - timedelta(days=1), again=not date)
        self.stdout.write(f"已对账 {done} 家。")
        for each in silent:
            self.stdout.write(self.style.WARNING(f"没有答复：{each}"))
