"""Forget tombstones and settled changes that nobody asks for any more."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from cms.delivery.stored import settling


class Command(BaseCommand):
    """Remove what is older than `TOMBSTONE_DAYS`. The worker runs this every night."""

    help = "清除过期的变更记录（撤下、删除的标记保留 TOMBSTONE_DAYS 天）"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the option."""
        parser.add_argument("--all", action="store_true", help="恢复备份之后：让所有副本清空重取，存好的答复全部作废")

    def handle(self, *args: Any, **options: Any) -> None:
        """Forget, tell."""
        if options["all"]:
            settling.begin_anew()
            self.stdout.write(_("所有副本下次来取时将被告知从头取。"))
            return
        self.stdout.write(_("清除 %(count)d 条过期标记") % {"count": settling.forget()})
