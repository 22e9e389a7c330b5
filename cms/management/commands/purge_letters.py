"""Delete letters that were read, or settled, half a year ago."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Q
from django.utils import timezone

from ledger.models import Letter, MailState

KEPT = timedelta(days=180)
CHUNK = 1_000


class Command(BaseCommand):
    """A due job of the worker. What nobody opened and nobody settled stays; what happened is in the events."""

    help = "删除 180 天以前已读或已办结的通知"

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them, a thousand at a time."""
        before, purged = timezone.now() - KEPT, 0
        old = Letter.objects.filter(Q(read_at__lt=before) | Q(settled_at__lt=before), written_at__lt=before)
        old = old.exclude(mail__in=[MailState.WAITING, MailState.DIGEST])
        while pks := list(old.values_list("pk", flat=True)[:CHUNK]):
            purged += Letter.objects.filter(pk__in=pks).delete()[0]
        if purged:
            self.stdout.write(f"已清理通知 {purged} 条。")
