"""Write the search index anew when the list of words changed since, or let a search engine catch up.

The worker runs this.
"""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from wagtail.search.backends import get_search_backend

from cms.search.engines import state
from cms.search.engines.backend import EngineSearchBackend
from cms.search.lexicon import is_outdated
from cms.search.models import IndexState


class Command(BaseCommand):
    """Rebuild the index if the words of our own are others than those it was built by; see to the search engine."""

    help = "“检索用词”有变化时重建搜索索引；检索引擎缺什么就补什么（没有变化就不做任何事）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, and rebuild."""
        engine = get_search_backend()
        if is_outdated():
            call_command("update_index", verbosity=0)
            self.stdout.write("检索用词有变化，搜索索引已重建。")
            if isinstance(engine, EngineSearchBackend):
                self.tell(engine)
        elif isinstance(engine, EngineSearchBackend):
            self.attend(engine)

    def attend(self, engine: EngineSearchBackend) -> None:
        """Give the engine what it has not; one that is away is tried again the next time."""
        try:
            if not engine.is_missing():
                if number := engine.catch_up():
                    self.stdout.write(f"检索引擎补上了 {number} 项。")
                return
        except engine.failures as error:
            self.stderr.write(f"检索引擎没有应答，由数据库答复：{error}")
            return
        # The words of the database's rows are noted with them: without, it could not be told what the engine lacks.
        is_noted = IndexState.objects.exclude(version="").exists()
        call_command("update_index", backend_name="default" if is_noted else None, verbosity=0)
        self.tell(engine)

    def tell(self, engine: EngineSearchBackend) -> None:
        """Say whether the engine has its index now."""
        if state.is_built(engine.place):
            self.stdout.write("检索引擎的索引已重建。")
        else:
            self.stderr.write("检索引擎的索引没有建成，由数据库答复，原因见日志。")
