"""Verify the chain of the audit from its beginning."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cms.audit.keeping import verify_and_record
from ledger.verification import Anchor


class Command(BaseCommand):
    """Name the first broken link and fail; print the anchor when all is in order. The worker runs this every night."""

    help = "从头核对审计链；有断点时指出第一处并以非零退出"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--anchor", action="append", default=[], help="另存的锚点“序号:摘要”，可重复")
        parser.add_argument("--print-anchor", action="store_true", help="只输出锚点，便于另存")

    def handle(self, *args: Any, anchor: list[str], print_anchor: bool, **options: Any) -> None:
        """Verify, tell."""
        try:
            anchors = [Anchor.parse(written) for written in anchor]
        except ValueError as error:
            raise CommandError(_("锚点应写成“序号:摘要”：%(written)s") % {"written": error}) from error
        verdict = verify_and_record(anchors)
        if not verdict.holds:
            raise CommandError(_("审计链有断点：%(problem)s") % {"problem": verdict.problem})
        if print_anchor:
            self.stdout.write(str(verdict.anchor))
            return
        names = {"links": verdict.links, "anchor": verdict.anchor}
        self.stdout.write(self.style.SUCCESS(_("审计链完好：核对 %(links)d 个事件，锚点 %(anchor)s") % names))
