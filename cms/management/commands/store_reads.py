"""Store what the public reads, ahead of the readers."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from cms.delivery.models import PublicObject
from cms.delivery.stored import settling, upkeep

from ..progress import bar

# One run of the worker takes some seconds.
MOST = 100


class Command(BaseCommand):
    """Store again what was asked for once and became stale; with `--all` everything that is public."""

    help = "把公众要读的页面和接口答复预先存好：默认只补过时的，--all 存全部"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--all", action="store_true", help="存全部公开内容（第一次启用或换了很多数据之后）")
        parser.add_argument("--most", type=int, default=MOST, help="至多补多少条（默认 100）")

    def handle(self, *args: Any, most: int, **options: Any) -> None:
        """Store, with a bar."""
        if not options["all"]:
            if stored := upkeep.store_again(most):
                self.stdout.write(_("补存 %(count)d 条") % {"count": stored})
            return
        settling.count_objects()
        settling.count_totals()
        settling.settle()
        done, draw = 0, bar(PublicObject.objects.filter(is_public=True).count())
        for _address in upkeep.store_everything():
            done += 1
            draw(1)
        self.stdout.write(self.style.SUCCESS(_("已存 %(count)d 条") % {"count": done}))
