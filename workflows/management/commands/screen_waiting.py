"""Screen what a worker left behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from wagtail.models import TaskState

from workflows.models import ScreeningTaskState
from workflows.screening import complete

# A worker that is alive is through by then.
PATIENCE = timedelta(minutes=5)


class Command(BaseCommand):
    """Complete the screenings that were begun a while ago and wait still: the worker has died over them."""

    help = "补做中断的信息审查（后台任务中途停止时留下的）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Screen them one by one."""
        begun_before = timezone.now() - PATIENCE
        states = ScreeningTaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, started_at__lt=begun_before)
        done = sum(complete(key) for key in states.order_by("pk").values_list("pk", flat=True))
        if done:
            self.stdout.write(f"补做了 {done} 件信息审查。")
