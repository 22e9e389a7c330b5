"""The page of a notice: what, where, from when until when, whom to ring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from blocks.templatetags.content_tags import day

from ..models import NoticePage, NoticeState, PublicationRecord
from . import reads
from .dispatch import present
from .reader import Reader
from .record import base_context
from .rows import notice_rows

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

OTHERS_SHOWN = 5


@present.register(NoticePage)
def notice_context(page: NoticePage, request: HttpRequest) -> dict[str, Any]:
    """Return the notice's state in time and its facts, and what all records show."""
    reader, now = Reader(request), timezone.now()
    context = base_context(page, reader)
    return {
        **context,
        "status": status(page, context["record"], now),
        "facts": facts(page),
        "times_shown": bool(page.starts_at or page.ends_at),
        "fields": [each for each in context["fields"] if each["label"] != _("内容概述")],
        "others": others(page, context["record"], reader, now),
    }


def status(page: NoticePage, record: PublicationRecord | None, now: datetime) -> dict[str, str]:
    """Say where the notice stands in time, and how loud; withdrawn and still readable, it goes on no more."""
    if record is not None and record.withdrawal_kind:
        return {"label": _("已撤下"), "kind": "none"}
    state = NoticeState(page.state_at(now))
    kinds = {NoticeState.AHEAD: "warn", NoticeState.OVER: "none"}
    urgent = page.is_urgent and state == NoticeState.RUNNING
    return {"label": str(state.label), "kind": "bad" if urgent else kinds.get(state, "")}


def facts(page: NoticePage) -> list[dict[str, Any]]:
    """Return time, area, reason and contact (`facts.html`); an open end is said, a missing one left out."""
    end = day(page.ends_at) or (_("待定，确定后更新") if page.starts_at else "")
    items: list[dict[str, Any]] = [
        {"label": _("开始时间"), "value": day(page.starts_at)},
        {"label": _("结束时间"), "value": end},
        {"label": _("影响范围"), "value": page.area},
        {"label": _("原因"), "value": page.reason},
        {"label": _("咨询电话"), "value": page.contact_phone, "phone": True},
    ]
    return [item for item in items if item["value"]]


def others(page: NoticePage, record: PublicationRecord | None, reader: Reader, now: datetime) -> list[dict[str, Any]]:
    """Return what else the organisation announces now."""
    if record is None:
        return []
    scope = Q(record__organisation=record.organisation_id)
    found = [each for each in reads.notices_now(scope, now, OTHERS_SHOWN + 1) if each.pk != record.page_id]
    return notice_rows(reader, found[:OTHERS_SHOWN], now)
