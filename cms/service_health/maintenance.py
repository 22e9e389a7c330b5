"""Announce that an item cannot be got done online for a time, and take that back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.changes import gathering
from ledger.events import record
from snippets.health import announce_health
from snippets.models import Maintenance, ServiceItem

if TYPE_CHECKING:
    from datetime import datetime

LONGEST = timedelta(days=30)
# Whoever writes "from now" needs some minutes to do so.
PATIENCE = timedelta(minutes=30)
# How many may be announced ahead of one item.
MOST = 10


@transaction.atomic
def declare(*, item: ServiceItem, starts_at: datetime, ends_at: datetime, reason: str, by: Any) -> Maintenance:
    """Announce maintenance. Raises ValidationError for a time that is odd or already taken."""
    now = timezone.now()
    _refuse_odd(starts_at, ends_at, now)
    # One at a time for each item: two clerks would both find the time free.
    ServiceItem.objects.select_for_update().get(pk=item.pk)
    ahead = Maintenance.objects.ahead_of(now).filter(item=item)
    if ahead.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise ValidationError({"starts_at": _("与已登记的维护时间重叠；请先结束那一次。")})
    if ahead.count() >= MOST:
        raise ValidationError(_("一项服务最多预先登记 %(most)d 次维护。") % {"most": MOST})
    with gathering():
        row = Maintenance(item=item, starts_at=starts_at, ends_at=ends_at, reason=reason, declared_by=by)
        row.full_clean()
        row.save()
        record("service.maintenance_declared", item, actor=by, **_facts(row))
        announce_health(item.pk, is_news=True)
    return row


@transaction.atomic
def end(*, row: Maintenance, by: Any) -> None:
    """End maintenance now, or take back what has not begun. Raises ValidationError when it is over."""
    now = timezone.now()
    stored = Maintenance.objects.select_for_update().filter(pk=row.pk, ends_at__gt=now).first()
    if stored is None:
        raise ValidationError(_("这次维护已经结束。"))
    with gathering():
        if stored.starts_at < now:
            stored.ends_at = now
            stored.save(update_fields=["ends_at"])
        else:
            stored.delete()
        record("service.maintenance_ended", row.item, actor=by, **_facts(row))
        announce_health(row.item_id, is_news=True)


def _refuse_odd(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if ends_at <= starts_at:
        raise ValidationError({"ends_at": _("结束时间应晚于开始时间。")})
    if starts_at < now - PATIENCE:
        raise ValidationError({"starts_at": _("开始时间已经过去，请填现在或以后的时间。")})
    if ends_at <= now:
        raise ValidationError({"ends_at": _("结束时间已经过去。")})
    if ends_at - starts_at > LONGEST:
        text = _("一次最多登记 %(days)d 天；长期停办请修改该项服务，经审核后公开。")
        raise ValidationError({"ends_at": text % {"days": LONGEST.days}})


def _facts(row: Maintenance) -> dict[str, Any]:
    return {
        "starts_at": row.starts_at.isoformat(timespec="minutes"),
        "ends_at": row.ends_at.isoformat(timespec="minutes"),
        "reason": row.reason,
    }
