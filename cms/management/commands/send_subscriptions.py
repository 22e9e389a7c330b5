"""Send the mails of the subscriptions that are due, and forget what nobody confirmed or what has run its course."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.subscriptions.alerts import find, send_alerts
from cms.subscriptions.models import Subscription
from cms.subscriptions.sending import send_due
from cms.subscriptions.service import forget


class Command(BaseCommand):
    """A due job of the worker. It tells numbers, never an address."""

    help = "发送到时的订阅邮件，清除未确认和到期的订阅"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--count", action="store_true", help="只报数：已确认、待确认的订阅各有多少")

    def handle(self, *args: Any, count: bool, **options: Any) -> None:
        """Forget, then send."""
        if count:
            waiting = Subscription.objects.filter(confirmed_at=None).count()
            self.stdout.write(f"已确认 {Subscription.objects.count() - waiting} 个，待确认 {waiting} 个。")
            return
        now = timezone.now()
        forgotten = forget(now)
        # What is found is sent before a digest takes it away.
        find(now)
        sent = send_alerts(now) + send_due(now)
        if forgotten or sent:
            self.stdout.write(f"已发送订阅邮件 {sent} 封，清除订阅 {forgotten} 条。")
