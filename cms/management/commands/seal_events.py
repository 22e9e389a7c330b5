"""Number and seal what has been committed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from ledger.sealing import seal_events


class Command(BaseCommand):
    """Seal the events that wait; the worker runs this every few seconds."""

    help = "给已提交的审计事件编号并封存（后台任务每几秒运行一次）"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--all", action="store_true", help="也查找一天以前漏封的事件")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal; silent when nothing waited."""
        if count := seal_events(everything=options["all"]):
            self.stdout.write(_("已封存 %(count)d 个事件。") % {"count": count})
