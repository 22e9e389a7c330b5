"""Pages of results: `limit` and `offset`, and the exact number of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework.pagination import BasePagination
from rest_framework.response import Response

from .backends import read_value
from .parameters import Parameter
from .values import WholeNumber

if TYPE_CHECKING:
    from rest_framework.request import Request

DEFAULT_LIMIT = 20
LAST_OFFSET = 10_000_000


class Paging(BasePagination):
    """Wagtail's pagination, read strictly."""

    limit = WholeNumber(maximum=settings.WAGTAILAPI_LIMIT_MAX)
    offset = WholeNumber(maximum=LAST_OFFSET)
    about_limit = _("最多返回多少条。")
    about_offset = _("跳过前多少条。")

    def parameters(self) -> list[Parameter]:
        """Describe the parameters."""
        return [
            Parameter("limit", self.about_limit, self.limit.schema | {"default": DEFAULT_LIMIT}),
            Parameter("offset", self.about_offset, self.offset.schema | {"default": 0}),
        ]

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return the rows of the page asked for."""
        limit = read_value(view, "limit", self.limit)
        start = read_value(view, "offset", self.offset) or 0
        stop = start + (DEFAULT_LIMIT if limit is None else limit)
        self.total_count = queryset.count()
        return list(queryset[start:stop]) if start < min(stop, self.total_count) else []

    def get_paginated_response(self, data: Any) -> Response:
        """Wrap the rows as Wagtail does."""
        return Response({"meta": {"total_count": self.total_count}, "items": data})
