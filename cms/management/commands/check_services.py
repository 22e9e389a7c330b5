"""Ask the links and connectors of the service items whose turn it is."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.service_health.checking import check_due


class Command(BaseCommand):
    """One round; the worker runs it every ten minutes."""

    help = "核验到期的在线服务链接和接口（LINK_CHECK=false 时不核验）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, and say how many."""
        self.stdout.write(f"核验了 {check_due()} 个。")
