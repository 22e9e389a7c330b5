"""Remove what is older than the law asks to keep."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cms.audit.purging import KEPT_DAYS, purge


class Command(BaseCommand):
    """Remove old events, and write down that it was done; the chain then begins at what is written down."""

    help = "清理过期的审计事件（至少留存 180 天）；须写明理由，清理本身记入审计"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--days", type=int, required=True, help=f"留存多少天，不少于 {KEPT_DAYS}")
        parser.add_argument("--reason", required=True, help="理由，记入审计")

    def handle(self, *args: Any, days: int, reason: str, **options: Any) -> None:
        """Purge, tell."""
        try:
            count = purge(days=days, reason=reason)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        message = _("已清理 %(count)d 个事件。") if count else _("没有早于 %(days)d 天的事件。")
        self.stdout.write(message % {"count": count, "days": days})
