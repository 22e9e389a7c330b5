"""Search: our backend segments Chinese on SQLite and PostgreSQL alike."""

from __future__ import annotations

from typing import Any

WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "cms.search.backends", "ATOMIC_REBUILD": False},
}
