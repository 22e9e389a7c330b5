"""法定公告时间: is something announced as long before it takes effect as its entry demands?

Late is not forbidden: it needs a reason, which the approvers see.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from blocks.writing import written_date
from rules.calendar import WorkdayCalendar
from rules.notice_time import latest_announcement
from rules.screening import Finding, Severity

from .identity import is_source

if TYPE_CHECKING:
    from datetime import date

LATE, IN_TIME, UNKNOWN = "notice_time.late", "notice_time.in_time", "notice_time.unknown"
FIELD = "late_reason"
# Values of blocks that say from when something holds.
EFFECT_OF_BLOCK = {"fee_table": "since", "schedule": "valid_from", "announcement": "starts"}
# Kinds of notices whose law names a time beforehand.
ANNOUNCED_BEFOREHAND = {"planned_outage", "traffic"}


def effect_of(page: Any) -> datetime | None:
    """Return when what a page announces takes effect: the start of a notice, the first day of a price or timetable."""
    starts_at = getattr(page, "starts_at", None)
    if starts_at is not None:
        return timezone.localtime(starts_at)
    dated = (block for block in page.body if block.block_type in EFFECT_OF_BLOCK)
    days = [block.value.get(EFFECT_OF_BLOCK[block.block_type]) for block in dated]
    return min((_moment(day) for day in days if day), default=None)


def _moment(day: date | datetime) -> datetime:
    if isinstance(day, datetime):
        return timezone.localtime(day) if timezone.is_aware(day) else timezone.make_aware(day)
    return timezone.make_aware(datetime.combine(day, time.min))


def latest_for(page: Any) -> datetime | None:
    """Return the last moment at which a page is still public in time; None where no law sets one."""
    entry = page.entry if page.entry_id else None
    effect = effect_of(page)
    if entry is None or effect is None:
        return None
    return latest_announcement(entry.update_rule, effect, WorkdayCalendar({}))


def is_late(page: Any) -> bool:
    """Is it too late already to announce this in time? What was announced in time may be corrected afterwards."""
    latest = latest_for(page)
    return latest is not None and timezone.now() > latest and not _was_announced(page)


def _was_announced(page: Any) -> bool:
    """Is this a translation, or was the same beginning public already?"""
    if not page.pk or not is_source(page):
        return bool(page.pk)
    live = page.live_revision.as_object() if page.live and page.live_revision_id else None
    return live is not None and effect_of(live) == effect_of(page)


def notice_time_findings(page: Any) -> Iterator[Finding]:
    """Yield whether the legal time is kept; a late announcement without a reason stands in the way."""
    if not page.entry_id and getattr(page, "kind", "") in ANNOUNCED_BEFOREHAND:
        sentence = _("没有选择目录事项，不能核对法定的提前公告时间。")
        yield Finding(UNKNOWN, Severity.WARN, "entry", sentence, where=_("目录事项"))
    latest = latest_for(page)
    if latest is None:
        return
    names = {"rule": page.entry.update_rule_text, "latest": written_date(latest), "reason": page.late_reason}
    where = _("法定时间")
    if not is_late(page):
        sentence = _("法定时间：%(rule)s，最迟 %(latest)s前公开。") % names
        yield Finding(IN_TIME, Severity.INFO, "", sentence, where=where)
    elif page.late_reason.strip():
        sentence = _("晚于法定时间（%(rule)s，应在 %(latest)s前公开）。编辑员说明：%(reason)s") % names
        yield Finding(LATE, Severity.WARN, FIELD, sentence, where=where)
    else:
        sentence = _("晚于法定时间（%(rule)s，应在 %(latest)s前公开），请填写延迟公告的原因。") % names
        yield Finding(LATE, Severity.BLOCK, FIELD, sentence, where=where)
