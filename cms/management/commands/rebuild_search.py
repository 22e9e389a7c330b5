"""Write the search index anew when the list of words changed since it was built. The worker runs this."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from cms.search.lexicon import is_outdated


class Command(BaseCommand):
    """Rebuild the index if the words of our own are others than those it was built by."""

    help = "“检索用词”有变化时重建搜索索引（没有变化就不做任何事）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, and rebuild."""
        if is_outdated():
            call_command("update_index", verbosity=0)
            self.stdout.write("检索用词有变化，搜索索引已重建。")
