"""Is the process alive, and is it ready to serve?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache, caches
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from wagtail.search.backends import get_search_backend

from .search.engines.backend import EngineSearchBackend
from .shared_cache import SharedCache

if TYPE_CHECKING:
    from django.http import HttpRequest

ALONE = "alone"


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process runs; touches nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, is migrated, and the cache keeps a value; else 503 with the part.

    Without its Redis a process goes on alone, without its search engine the database answers: that is told, and no
    reason to take it out of service.
    """
    parts = {"database": _database(), "migrations": _migrations(), "cache": _cache(), **_search()}
    is_ready = all(state in {"ok", ALONE} for state in parts.values())
    return JsonResponse({"ready": is_ready, "parts": parts}, status=200 if is_ready else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unknown"
    return "pending" if pending else "ok"


def _cache() -> str:
    cache.set("readyz", "1", 5)
    if cache.get("readyz") != "1":
        return "lost"
    return ALONE if isinstance(caches["default"], SharedCache) and caches["default"].is_alone() else "ok"


def _search() -> dict[str, str]:
    """Tell of the search engine, where one is wanted."""
    engine = get_search_backend()
    if not isinstance(engine, EngineSearchBackend):
        return {}
    try:
        return {"search": "ok" if engine.is_in_use() else ALONE}
    except DatabaseError:
        return {"search": ALONE}
