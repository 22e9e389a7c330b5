"""When a notice holds, in few words: today's hours, another day's date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from ..models import NoticeState

if TYPE_CHECKING:
    from datetime import date, datetime

    from ..models import NoticePage


def when(notice: NoticePage, now: datetime) -> str:
    """Say where the notice stands: 正在抢修, 进行中, 11月24日 8:00 起, 已结束."""
    state = notice.state_at(now)
    if state == NoticeState.AHEAD and notice.starts_at:
        return _("%(moment)s起") % {"moment": moment(notice.starts_at, now)}
    if state == NoticeState.OVER:
        return str(NoticeState.OVER.label)
    return _("紧急 正在处理") if notice.is_urgent else str(NoticeState.RUNNING.label)


def until(notice: NoticePage, now: datetime) -> str:
    """Say from when a running notice holds and until when; empty where nothing is known."""
    starts, ends = notice.starts_at, notice.ends_at
    if notice.state_at(now) == NoticeState.RUNNING and starts and ends:
        return _("%(start)s起，到%(end)s") % {"start": moment(starts, now), "end": _end(starts, ends, now)}
    if ends:
        return _("到%(end)s") % {"end": _end(starts, ends, now)}
    if starts and notice.state_at(now) == NoticeState.RUNNING:
        return _("%(moment)s起") % {"moment": moment(starts, now)}
    return ""


def moment(value: datetime, now: datetime) -> str:
    """Write a moment in Beijing time as 今天 9:40, 11月24日 8:00, 11月24日 (midnight), 2027年1月3日."""
    local, today = timezone.localtime(value), timezone.localdate(now)
    written = _("今天") if local.date() == today else day(local.date(), today)
    return written if (local.hour, local.minute) == (0, 0) else f"{written} {_hour(local)}"


def _end(starts: datetime | None, ends: datetime, now: datetime) -> str:
    same_day = starts and timezone.localdate(starts) == timezone.localdate(ends)
    return _hour(timezone.localtime(ends)) if same_day else moment(ends, now)


def day(value: date, today: date) -> str:
    """Write a date as 11月24日 within this year, as 2027年1月3日 beyond it."""
    # Translators: a date within this year, in the letters of Django's `date` filter; in English "j F".
    return date_format(value, _("n月j日")) if value.year == today.year else date_format(value, "DATE_FORMAT")


def _hour(value: datetime) -> str:
    return time_format(value, "G:i")
