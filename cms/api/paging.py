"""Pages of results: `cursor`, or `limit` and `offset`, and the number of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.pagination import BasePagination
from rest_framework.response import Response

from .backends import read_value
from .errors import BadParameterError
from .keyset import CURSOR, Cursors, marked, rows_after, rows_skipping
from .parameters import Parameter
from .shelf import written
from .values import Cursor, WholeNumber

if TYPE_CHECKING:
    from rest_framework.request import Request

    from .together import Together

DEFAULT_LIMIT = 20
# The database passes what is skipped row by row.
LAST_OFFSET = 10_000
# Further than this only the lists below are counted.
MOST_COUNTED = 10_000
COUNTED_TO_THE_END: tuple[set[str], ...] = (
    set(),
    {"industry"},
    {"organisation"},
    {"entry"},
    {"entry", "organisation"},
)
# What chooses no rows.
PRESENTATION = {"fields", "expand", "order", "limit", "offset", "locale", CURSOR}


class Paging(BasePagination):
    """Wagtail's pagination, read strictly, and cursors beside it."""

    limit = WholeNumber(maximum=settings.WAGTAILAPI_LIMIT_MAX)
    offset = WholeNumber(
        maximum=LAST_OFFSET, expected=gettext_lazy("0 到 10000 的整数；再往后请用 cursor（上一页的 meta.next_cursor）")
    )
    cursor = Cursor()
    about_limit = gettext_lazy("最多返回多少条。")
    about_offset = gettext_lazy("跳过前多少条，只适合头几页。要取完整的列表请用 cursor。")
    about_cursor = gettext_lazy("接着上一页：上一页的 meta.next_cursor，原样。不能与 offset、search 一起用。")

    def parameters(self) -> list[Parameter]:
        """Describe the parameters."""
        return [
            Parameter("limit", self.about_limit, self.limit.schema | {"default": DEFAULT_LIMIT}),
            Parameter("offset", self.about_offset, self.offset.schema | {"default": 0}),
            Parameter(CURSOR, self.about_cursor, self.cursor.schema),
        ]

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return the rows of the page asked for; of a search, where rows are kept ready, their keys alone."""
        self.request, self.asked = request, view.asked
        limit = read_value(view, "limit", self.limit)
        self.most = DEFAULT_LIMIT if limit is None else limit
        self.start = read_value(view, "offset", self.offset) or 0
        self._refuse_mixtures()
        self.next_cursor: str | None = None
        self.total_count, self.is_lower_bound = _counted(queryset, view)
        if "search" in view.asked:
            found = queryset[self.start : self.start + self.most]
            return (found.keys() if view.shelf else list(found)) if self.most else []
        return self._read_on(queryset, view) if self.most else []

    def _refuse_mixtures(self) -> None:
        for other in ("offset", "search"):
            if CURSOR in self.asked and other in self.asked:
                raise BadParameterError(CURSOR, _("参数“cursor”不能与“%(name)s”一起用。") % {"name": other})

    def _read_on(self, queryset: Any, view: Any) -> list[Any]:
        cursors = Cursors(view.endpoint, view.asked, view.terms)
        text = read_value(view, CURSOR, self.cursor)
        found = marked(queryset, view.terms, only_keys=view.asks_for_keys)
        if self.start:
            if self.start >= self.total_count and not self.is_lower_bound:
                return []
            rows = rows_skipping(found, view.terms, self.start, self.most + 1)
        else:
            rows = rows_after(found, view.terms, cursors.read(text) if text else None, self.most + 1)
        if len(rows) > self.most:
            self.next_cursor = cursors.write(rows[self.most - 1])
        return rows[: self.most]

    def get_paginated_response(self, data: Any) -> Response:
        """Wrap the rows as Wagtail does, and say how to read on."""
        return Response({"meta": self._meta(len(data)), "items": data})

    def answer_with(self, together: Together) -> HttpResponse:
        """Wrap rows that are written already."""
        items = together.items
        content = b'{"meta":%b,"items":[%b]}' % (written(self._meta(len(items))), b",".join(items))
        response: Any = HttpResponse(content, content_type="application/json")
        # Whoever keeps whole lists asks whether this one lasts.
        response.put_together = together
        return response

    def _meta(self, shown: int) -> dict[str, Any]:
        return {
            "total_count": self.total_count,
            "total_is_lower_bound": self.is_lower_bound,
            "next_cursor": self.next_cursor,
            "next": self._next_address(shown),
        }

    def _next_address(self, shown: int) -> str | None:
        asked = dict(self.asked)
        if self.next_cursor:
            asked.pop("offset", None)
            asked[CURSOR] = self.next_cursor
        elif "search" in asked and shown == self.most and 0 < shown < self.total_count - self.start:
            asked["offset"] = str(self.start + shown)
        else:
            return None
        return self.request.build_absolute_uri(f"{self.request.path}?{urlencode(asked)}")


def _counted(found: Any, view: Any) -> tuple[int, bool]:
    """Return the number of rows, and whether there are more than were counted."""
    asked = view.asked
    if set(asked) - PRESENTATION in COUNTED_TO_THE_END:
        known = _known(view, set(asked) - PRESENTATION)
        return found.count() if known is None else known, False
    if "search" in asked:
        counted = found.count()
        return counted, getattr(found, "is_cut", False)
    counted = found.order_by()[: MOST_COUNTED + 1].count()
    return min(counted, MOST_COUNTED), counted > MOST_COUNTED


def _known(view: Any, filters: set[str]) -> int | None:
    """Return the number of rows where somebody keeps it."""
    if view.shelf is None or set(view.chosen) != filters:
        return None
    total: int | None = view.shelf.total(view.endpoint, view.language, view.chosen)
    return total
