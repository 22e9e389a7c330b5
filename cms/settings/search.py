"""Search: our backend segments Chinese on SQLite and PostgreSQL alike; an engine may answer in its stead.

Others are asked beside it.
"""

from __future__ import annotations

from typing import Any

from .env import JOINT_SEARCH_AT_ONCE as JOINT_SEARCH_AT_ONCE
from .env import JOINT_SEARCH_PER_CLIENT as JOINT_SEARCH_PER_CLIENT
from .env import SEARCH_ENGINE as SEARCH_ENGINE
from .env import SEARCH_ENGINE_CA as SEARCH_ENGINE_CA
from .env import SEARCH_ENGINE_INDEX as SEARCH_ENGINE_INDEX
from .env import SEARCH_ENGINE_SECONDS as SEARCH_ENGINE_SECONDS
from .env import SEARCH_ENGINE_URL as SEARCH_ENGINE_URL

Backends = dict[str, dict[str, Any]]

OF_THE_DATABASE: dict[str, Any] = {"BACKEND": "cms.search.backends", "ATOMIC_REBUILD": False}
# The engine is written first: what questions are cut by follows the database's rows.
BESIDE_AN_ENGINE: Backends = {"default": {"BACKEND": "cms.search.engines"}, "database": OF_THE_DATABASE}
WAGTAILSEARCH_BACKENDS: Backends = BESIDE_AN_ENGINE if SEARCH_ENGINE_URL else {"default": OF_THE_DATABASE}
