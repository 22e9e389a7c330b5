"""The database: SQLite for the embedded profile, PostgreSQL through psycopg2 by DATABASE_URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .env import DATABASE

# WAL lets readers go on while one writes; IMMEDIATE takes the write lock at BEGIN, so that a transaction never
# fails half-way on an upgrade; 20 s is how long a writer waits for another.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-64000;PRAGMA mmap_size=268435456;"
    ),
}
BY_ENGINE: dict[str, dict[str, Any]] = {
    "django.db.backends.sqlite3": {"OPTIONS": SQLITE_OPTIONS},
    "django.db.backends.postgresql": {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True},
}

if DATABASE["ENGINE"].endswith("sqlite3"):
    # SQLite makes the file, not its folder.
    Path(DATABASE["NAME"]).parent.mkdir(parents=True, exist_ok=True)
DATABASES = {"default": {**DATABASE, **BY_ENGINE.get(DATABASE["ENGINE"], {})}}
# One IMMEDIATE transaction per request would serialise every reader on SQLite.
ATOMIC_REQUESTS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
