"""`/api/v2/changes/`: every public object in the order of its latest change, and what is no longer public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.response import Response

from blocks.links import absolute_url
from cms.api import problems
from cms.api.backends import read_value
from cms.api.parameters import Parameter, read_query
from cms.api.urls import NAMESPACE
from cms.api.values import WholeNumber
from cms.api.views import Anonymous

from ..models import Era, PublicObject
from ..stored import settling
from .schema import ABOUT_LIMIT, ABOUT_SINCE, ChangesSchema

if TYPE_CHECKING:
    from django.http import HttpResponseBase
    from rest_framework.request import Request

DEFAULT_LIMIT, MOST = 200, 1000
LAST_NUMBER = 2**62
# Whoever pulls everything from 0 passes numbers below which marks were forgotten. Until past them, `next_since` says
# above these bits on which day the pull began; programs that count in doubles hold it, too.
NUMBER_BITS = 33
RETRY_SECONDS = 5
PUBLIC, WITHDRAWN, DELETED = "public", "withdrawn", "deleted"


class Changes(Anonymous):
    """Answers what changed behind a number. Each object stands once, at its latest change."""

    is_described = True
    schema = ChangesSchema()
    since = WholeNumber(maximum=LAST_NUMBER)
    limit = WholeNumber(minimum=1, maximum=MOST)

    @classmethod
    def parameters(cls) -> list[Parameter]:
        """Return the parameters."""
        return [
            Parameter("since", ABOUT_SINCE, cls.since.schema | {"default": 0}),
            Parameter("limit", ABOUT_LIMIT, cls.limit.schema | {"default": DEFAULT_LIMIT}),
        ]

    def get(self, request: Request) -> HttpResponseBase:
        """Settle some of what is not numbered yet, then list. Numbers are given in the order in which they are seen."""
        known = [parameter.name for parameter in self.parameters()]
        self.asked = read_query(request.META.get("QUERY_STRING", ""), known)
        since = read_value(self, "since", self.since) or 0
        limit = read_value(self, "limit", self.limit) or DEFAULT_LIMIT
        settling.settle(parts=1)
        era = Era.objects.get()
        if era.counted_at is None or not settings.STORED_READS:
            return self._not_yet(request)
        began, number = self._position(since)
        if number > era.number:
            # Forged, or from before a backup was restored: what was told then is not what happened now.
            return problems.answer(
                request._request,
                problems.FORGOTTEN,
                _("这个序号比最近的变更还大，不是这里给出的，请从头取一遍。"),
                parameter="since",
            )
        if number < era.forgotten and not self._misses_nothing(began):
            return problems.answer(
                request._request, problems.FORGOTTEN, _("这个序号之后的撤下标记已经清除，请从头取一遍。")
            )
        return Response(self._shown(since, limit, era))

    def _position(self, since: int) -> tuple[int, int]:
        """Return the day on which a pull of everything began (0: another reader), and behind which number it stands."""
        began, number = divmod(since, 1 << NUMBER_BITS)
        return (began, number) if since else (timezone.localdate().toordinal(), 0)

    def _misses_nothing(self, began: int) -> bool:
        """Is every mark still there that was made since that day?"""
        return 0 <= timezone.localdate().toordinal() - began < settings.TOMBSTONE_DAYS

    def _shown(self, since: int, limit: int, era: Era) -> dict[str, Any]:
        began, number = self._position(since)
        rows = list(PublicObject.objects.filter(number__gt=number).order_by("number")[: limit + 1])
        more, rows = len(rows) > limit, rows[:limit]
        last = max(rows[-1].number or 0 if rows else number, 0 if more else era.number)
        following = last if last >= era.forgotten else (began << NUMBER_BITS) + last
        meta = {"since": since, "next_since": following, "has_more": more, "latest": era.number}
        return {"meta": meta, "items": [self._item(row) for row in rows]}

    def _item(self, row: PublicObject) -> dict[str, Any]:
        path = reverse(f"{NAMESPACE}:{row.endpoint}:detail", args=[row.key])
        return {
            "sequence": row.number,
            "at": row.changed_at.isoformat(),
            "endpoint": row.endpoint,
            "id": row.key,
            "locale": row.language or None,
            "state": PUBLIC if row.is_public else WITHDRAWN if row.exists else DELETED,
            "detail_url": absolute_url(path, {"request": self.request}),
        }

    def _not_yet(self, request: Request) -> HttpResponseBase:
        answer = problems.answer(request._request, problems.UNAVAILABLE, _("公开内容还没有清点完，请稍后再来。"))
        answer["Retry-After"] = str(RETRY_SECONDS)
        return answer
