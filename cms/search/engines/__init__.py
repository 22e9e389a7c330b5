"""A search engine beside the database's own index: Elasticsearch or OpenSearch, by Wagtail's backends for them.

The engine gets texts cut into words by us, as the database does, and is asked in these words. What may be shown is
decided by the database, which also answers whenever the engine does not hold everything (see `state`).
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .backend import Engine, EngineSearchBackend
from .checks import problems

MODULES = {"elasticsearch": "elastic", "opensearch": "opensearch"}


def SearchBackend(params: dict[str, Any]) -> EngineSearchBackend:
    """Give the backend of the engine in use: one for the process, which keeps its connections."""
    if wrong := problems():
        raise ImproperlyConfigured(" ".join(str(each.msg) for each in wrong))
    engine = Engine(
        kind=settings.SEARCH_ENGINE,
        url=settings.SEARCH_ENGINE_URL,
        index=settings.SEARCH_ENGINE_INDEX,
        ca=settings.SEARCH_ENGINE_CA,
        seconds=settings.SEARCH_ENGINE_SECONDS,
    )
    return _backend(engine, tuple(sorted(params.items())))


@lru_cache(maxsize=4)
def _backend(engine: Engine, params: tuple[tuple[str, Any], ...]) -> EngineSearchBackend:
    # Only the one that is used needs its client library.
    module = import_module(f"{__name__}.{MODULES[engine.kind]}")
    backend: EngineSearchBackend = module.Backend({**dict(params), "ENGINE": engine})
    return backend
