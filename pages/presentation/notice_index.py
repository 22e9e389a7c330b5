"""The list of all notices: what runs or is ahead, and what is over; by kind and district."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rules.divisions import around

from ..identity import source_locale_id, sources
from ..models import DistrictPage, NoticeIndexPage, NoticeKind, NoticePage, NoticeState
from . import times
from .dispatch import present
from .filters import Filters, code_field, listed
from .reader import Reader
from .reads import OPEN_NOTICE_DAYS
from .rows import name, notice_rows

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest

# An emergency that nobody has ended stands on top for so long, and then in its turn.
URGENT_SHOWN = 10
# What runs or is ahead: what a reader comes for, and so what is shown unless something else is asked for.
NOW = "now"
PER_PAGE = 20


@present.register(NoticeIndexPage)
def notice_index_context(page: NoticeIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return the emergencies that go on, and the notices asked for, newest first, page by page."""
    reader, now = Reader(request), timezone.now()
    filters, scope = narrowed(request, now)
    urgent = list(of_scope(scope & going_on(now))[:URGENT_SHOWN])
    found = listed(request, of_scope(scope).exclude(pk__in=[notice.pk for notice in urgent]), PER_PAGE)
    on_top = urgent if found.number == 1 else []
    return {
        "filters": filters,
        "rows": rows(reader, [*on_top, *found], now),
        "list_page": found,
    }


def rows(reader: Reader, notices: list[NoticePage], now: datetime) -> list[dict[str, Any]]:
    """Describe notices; of one that is over the day is said first, and then that it is over."""
    return [
        {**row, **_over(notice, now)} if notice.state_at(now) == NoticeState.OVER else row
        for notice, row in zip(notices, notice_rows(reader, notices, now), strict=True)
    ]


def _over(notice: NoticePage, now: datetime) -> dict[str, Any]:
    starts = notice.starts_at or notice.record.first_published_at
    ends = notice.ends_at or starts
    return {
        "when": times.day(timezone.localdate(starts), timezone.localdate(now)),
        "until": gettext("%(start)s 到 %(end)s") % {"start": times.moment(starts, now), "end": times.moment(ends, now)},
        "status": str(NoticeState.OVER.label),
        "status_kind": "none",
        "urgent": False,
    }


def narrowed(request: HttpRequest, now: datetime) -> tuple[Filters, Q]:
    """Return the filters, and the scope they leave. One query for the districts."""
    districts = {
        each.division_code or each.slug: each for each in sources(DistrictPage.objects.live()).order_by("path")
    }
    states = [(NoticeState.RUNNING, _("进行中")), (NoticeState.AHEAD, _("尚未开始")), (NoticeState.OVER, _("已结束"))]
    filters = Filters(
        request,
        {
            "kind": code_field(_("类别"), NoticeKind.choices),
            "division": code_field(_("地区"), [(code, name(each)) for code, each in districts.items()]),
            "state": code_field(_("时间"), states, everything=_("现在和今后")),
        },
    )
    scope = in_state(filters.chosen("state") or NOW, now)
    if kind := filters.chosen("kind"):
        scope &= Q(kind=kind)
    if district := districts.get(filters.chosen("division")):
        scope &= concerns(district)
    return filters, scope


def in_state(state: str, now: datetime) -> Q:
    """Scope notices to a state in time, as `NoticePage.state_at` tells it; a notice without an end goes on."""
    ahead, over = Q(starts_at__gt=now), Q(ends_at__lt=now)
    return {
        NoticeState.AHEAD: ahead,
        NoticeState.OVER: over & ~ahead,
        NoticeState.RUNNING: ~ahead & (Q(ends_at=None) | Q(ends_at__gte=now)),
        NOW: Q(ends_at=None) | Q(ends_at__gte=now),
    }[state]


def going_on(now: datetime) -> Q:
    """Scope notices to emergencies that are not over."""
    fresh = Q(ends_at=None, record__first_published_at__gte=now - timedelta(days=OPEN_NOTICE_DAYS))
    return Q(kind=NoticeKind.EMERGENCY) & (fresh | Q(ends_at__gte=now)) & (Q(starts_at=None) | Q(starts_at__lte=now))


def concerns(district: DistrictPage) -> Q:
    """Scope notices to those of a district's organisations, and those that name it, all around it or a part of it."""
    named = Q(path__startswith=district.path)
    for code in around(district.division_code):
        named |= Q(division_codes__contains=code)
    return named


def of_scope(scope: Q) -> QuerySet[NoticePage]:
    """Return the public notices of a scope, newest first, each with its publisher."""
    notices = NoticePage.objects.live().filter(scope, locale_id=source_locale_id(), record__is_public=True)
    newest_first: QuerySet[NoticePage] = notices.select_related("record__organisation").order_by(
        "-record__first_published_at", "-pk"
    )
    return newest_first
