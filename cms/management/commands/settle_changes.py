"""Settle what changed: number it in the order of the changes. The worker does this all the time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.delivery.stored import settling


class Command(BaseCommand):
    """Settle the changes whose transactions are over."""

    help = "给刚刚公开、更改、撤下的内容编上变更序号，并再次清除其间存下的旧答复"

    def handle(self, *args: Any, **options: Any) -> None:
        """Count once what is public, then settle."""
        settling.count_objects()
        if settled := settling.settle():
            self.stdout.write(_("已处理 %(count)d 项变更") % {"count": settled})
