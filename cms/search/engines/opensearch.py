"""Search by OpenSearch 2 or 3."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from opensearchpy import OpenSearchException
from opensearchpy.helpers import bulk
from wagtail.search.backends.opensearch3 import OpenSearch3Index, OpenSearch3SearchBackend

from .backend import EngineSearchBackend
from .index import EngineIndex, RefusedError


class Index(EngineIndex, OpenSearch3Index):
    """An index of OpenSearch."""


class Backend(EngineSearchBackend, OpenSearch3SearchBackend):
    """OpenSearch by Wagtail's backend for it."""

    index_class = Index
    failures = (OpenSearchException, RefusedError)
    login_option = "http_auth"

    def search_by(self, body: dict[str, Any], seconds: float) -> Any:
        # It writes a truth value of Python as it is.
        options = {"request_timeout": seconds, "allow_partial_search_results": "false"}
        return self.es.search(index=self.engine.index, body=body, **options)

    def write(self, actions: Collection[dict[str, Any]], seconds: float, **options: Any) -> list[dict[str, Any]]:
        return bulk(self.es, actions, request_timeout=seconds, **options)[1]
