"""Is the process alive, and is it ready to serve?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process runs; touches nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, is migrated, and the cache keeps a value; else 503 with the part."""
    parts = {"database": _database(), "migrations": _migrations(), "cache": _cache()}
    is_ready = all(state == "ok" for state in parts.values())
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
    return "ok" if cache.get("readyz") == "1" else "lost"
