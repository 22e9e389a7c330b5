"""Compare what is stored with what would be rendered now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cms.delivery.models import StoredList, StoredRead
from cms.delivery.stored import upkeep

from ..progress import bar


class Command(BaseCommand):
    """Render everything that would be sent from the store, and fail where one byte differs."""

    help = "把存好的答复逐条与当场生成的比较，列出不同之处"

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, list."""
        kept = StoredRead.objects.filter(is_fresh=True).count() + StoredList.objects.count()
        draw, compared, wrong = bar(kept), 0, 0
        for found in upkeep.differences():
            compared += 1
            draw(1)
            if found is not None:
                wrong += 1
                names = {"address": found.address, "status": found.status, "at": found.at}
                self.stderr.write(_("%(address)s：自第 %(at)d 字节起不同（现为 %(status)d）") % names)
        if wrong:
            raise CommandError(_("%(count)d 条存好的答复与当场生成的不同") % {"count": wrong})
        self.stdout.write(self.style.SUCCESS(_("比较 %(count)d 条，全部一致") % {"count": compared}))
