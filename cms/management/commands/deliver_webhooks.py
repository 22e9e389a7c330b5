"""Tell the addresses outside what has changed."""

from __future__ import annotations

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.webhooks.queueing import queue_deliveries
from cms.webhooks.sending import send_due

# The worker has other jobs, too.
SECONDS = 20


class Command(BaseCommand):
    """A due job of the worker: queues what was sealed since, and sends what is due."""

    help = "把公开内容的变化推送给登记的地址（后台任务每几秒运行一次）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Queue and send; silent when there was nothing."""
        started, queued, tried = monotonic(), queue_deliveries(), 0
        while monotonic() - started < SECONDS and (count := send_due()):
            tried += count
        if queued or tried:
            names = {"queued": queued, "tried": tried}
            self.stdout.write(_("新排入推送 %(queued)d 条，尝试送达 %(tried)d 次。") % names)
