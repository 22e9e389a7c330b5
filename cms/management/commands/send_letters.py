"""Send the mails that wait: what is new, and what is due again after a failure."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ledger.models import Letter, MailState
from ledger.outbox import send_waiting


class Command(BaseCommand):
    """A due job of the worker; with --again, also what had failed for good."""

    help = "发送待发的邮件"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--again", action="store_true", help="已判定失败的邮件也重新发送")

    def handle(self, *args: Any, again: bool, **options: Any) -> None:
        """Send."""
        if again:
            Letter.objects.filter(mail=MailState.FAILED).update(
                mail=MailState.WAITING, attempts=0, next_attempt_at=None
            )
        outcome = send_waiting()
        if outcome.sent or outcome.postponed or outcome.failed:
            self.stdout.write(f"已发送 {outcome.sent} 封，稍后再试 {outcome.postponed} 封，失败 {outcome.failed} 封。")
