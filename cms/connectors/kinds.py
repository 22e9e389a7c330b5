"""The built-in connectors."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from snippets.connectors import ServiceConnector

from .operations import QUERY
from .query import serve_query

PASSED_ON = _("您填的内容只转交提供单位用于答复，本站不保存、不记录，也不写在网址里。")


def declare_query() -> ServiceConnector:
    """Declare the query."""
    return ServiceConnector(
        "query", _("在本站查询"), _("查询"), PASSED_ON, (QUERY,), asks=True, serve=serve_query, order=10
    )
