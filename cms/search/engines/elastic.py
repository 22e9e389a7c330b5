"""Search by Elasticsearch 8 or 9; the client library has to be of the server's major version."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from elasticsearch import ApiError, TransportError
from elasticsearch.helpers import bulk
from wagtail.search.backends.elasticsearch8 import Elasticsearch8Index, Elasticsearch8SearchBackend

from .backend import EngineSearchBackend
from .index import EngineIndex, RefusedError


class Index(EngineIndex, Elasticsearch8Index):
    """An index of Elasticsearch."""


class Backend(EngineSearchBackend, Elasticsearch8SearchBackend):
    """Elasticsearch by Wagtail's backend for it, whose version 9 is the same."""

    index_class = Index
    failures = (ApiError, TransportError, RefusedError)
    login_option = "basic_auth"

    def search_by(self, body: dict[str, Any], seconds: float) -> Any:
        es = self.es.options(request_timeout=seconds)
        return es.search(index=self.engine.index, body=body, allow_partial_search_results=False)

    def write(self, actions: Collection[dict[str, Any]], seconds: float, **options: Any) -> list[dict[str, Any]]:
        return bulk(self.es.options(request_timeout=seconds), actions, **options)[1]  # type: ignore[return-value]
