"""Chinese search on the database itself: one behaviour, written for SQLite (FTS5) and for PostgreSQL (tsvector)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from .backend import SegmentedSearchBackend
from .postgres import PostgresSearchBackend
from .sqlite import SqliteSearchBackend

BY_VENDOR: dict[str, type[SegmentedSearchBackend]] = {
    "sqlite": SqliteSearchBackend,
    "postgresql": PostgresSearchBackend,
}


def SearchBackend(params: dict[str, Any]) -> SegmentedSearchBackend:
    """Give the backend of the database in use."""
    try:
        return BY_VENDOR[connection.vendor](params)
    except KeyError:
        raise ImproperlyConfigured(f"cms.search.backends: no search for {connection.vendor}") from None
