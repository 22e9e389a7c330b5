"""Background tasks whose worker died with them in hand: they wait again, for the next worker."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

# No task of ours runs so long. Each of them may be run twice.
LONGEST = timedelta(minutes=30)
# What kills its workers is given up, and stands among the failed.
MOST_WORKERS = 3


class Command(BaseCommand):
    """Let interrupted tasks run again."""

    help = "让后台进程意外中止时没有做完的任务重新执行"

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        for pk in DBTaskResult.objects.running().filter(started_at__lt=_long_ago()).values_list("pk", flat=True):
            resume(pk)


@transaction.atomic
def resume(pk: Any) -> None:
    """Let one task wait again, unless it was finished meanwhile."""
    running = DBTaskResult.objects.running().select_for_update().filter(started_at__lt=_long_ago())
    task = running.filter(pk=pk).first()
    if task is None:
        return
    if len(task.worker_ids) >= MOST_WORKERS:
        task.set_failed(RuntimeError("its workers died"))
        return
    DBTaskResult.objects.filter(pk=pk).update(status="READY")


def _long_ago() -> Any:
    return timezone.now() - LONGEST
