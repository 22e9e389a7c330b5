"""Search: our backend segments Chinese on SQLite and PostgreSQL alike; others are asked beside it."""

from __future__ import annotations

from typing import Any

from .env import JOINT_SEARCH_AT_ONCE as JOINT_SEARCH_AT_ONCE
from .env import JOINT_SEARCH_PER_CLIENT as JOINT_SEARCH_PER_CLIENT

WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "cms.search.backends", "ATOMIC_REBUILD": False},
}
