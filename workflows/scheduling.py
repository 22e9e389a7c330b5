"""Going public at an hour, and leaving it at one: what was approved, each by itself, and nothing else.

A missed hour is made up for, and raises an alarm. All hours are Beijing time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import dateparse, timezone
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page, Revision, TaskState

from ledger.events import record
from ledger.letters import Message, write
from ledger.models import Result

from .contents import content_hash
from .finish import refuse_what_changed
from .guarded import guarded
from .holding import lock
from .models import Fingerprint, ScheduledPublication, ScheduleState, TieredTaskState, about, rows_about
from .offices import nearest_first, office_of, people
from .reviewing import close_reviews

if TYPE_CHECKING:
    from collections.abc import Iterator

MISSED_AFTER = timedelta(minutes=2)


class NotRevocableError(Exception):
    """It is public already, or not this person's to stop."""


def chain_of(subject: Any) -> list[int]:
    """Return the organisation that answers for it and those above: whose word the approval was."""
    return [each.pk for each in nearest_first(subject.responsible_organisation)]


def note_schedule(subject: Any, revision: Revision, *, approved_by: Any, submitted_by: Any) -> None:
    """Write down that a version was approved for an hour to come."""
    if revision.approved_go_live_at is None:
        return
    forget_schedules(subject, approved_by, _("已有新的定时。"))
    schedule = ScheduledPublication.objects.create(
        **about(subject),
        revision=revision,
        go_live_at=revision.approved_go_live_at,
        chain=chain_of(subject),
        approved_by=approved_by,
        submitted_by=submitted_by,
    )
    record("schedule.made", subject, actor=approved_by, after={"go_live_at": schedule.go_live_at.isoformat()})
    _tell(schedule, "schedule.made", _("已批准，定时公开：%(title)s"), _("将于 %(at)s（北京时间）自动公开。"))


def forget_schedules(subject: Any, user: Any, reason: str) -> None:
    """Note that hours which are still to come no longer count."""
    waiting = rows_about(ScheduledPublication, subject).filter(state=ScheduleState.WAITING)
    waiting.update(state=ScheduleState.REVOKED, ended_at=timezone.now(), ended_by=user, reason=reason)


def waiting_schedule(subject: Any) -> ScheduledPublication | None:
    """Return the hour that is still to come."""
    return rows_about(ScheduledPublication, subject).filter(state=ScheduleState.WAITING).first()


def may_revoke(schedule: ScheduledPublication, user: Any) -> bool:
    """May this person stop it: a reviewer of the organisation or of one above it?"""
    subject = schedule.subject if schedule.state == ScheduleState.WAITING else None
    return bool(subject is not None and user.is_active and office_of(subject, user) is not None)


@transaction.atomic
def revoke(*, schedule_id: int, user: Any, reason: str) -> ScheduledPublication:
    """Take the hour back; the version is a draft again. Raises NotRevocableError."""
    if (subject := ScheduledPublication.objects.get(pk=schedule_id).subject) is not None:
        lock(subject)
    schedule = ScheduledPublication.objects.select_for_update().get(pk=schedule_id)
    if not may_revoke(schedule, user):
        raise NotRevocableError
    schedule.revision.approved_go_live_at = None
    schedule.revision.save(user=user, update_fields=["approved_go_live_at"])
    _end(schedule, ScheduleState.REVOKED, user, reason)
    record("schedule.revoked", schedule.subject, actor=user, reason=reason)
    _tell(schedule, "schedule.revoked", _("已撤销定时公开：%(title)s"), _("原因：%(reason)s"), but=user)
    return schedule


def publish_due(now: datetime | None = None) -> int:
    """Publish what is due, each by itself: one that fails does not stop the others. Return how many went public."""
    now = now or timezone.now()
    due = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at")
    return sum(bool(guarded(_publish, pk, now)) for pk in list(due.values_list("pk", flat=True)))


def expire_due(now: datetime | None = None) -> int:
    """Take out of the public what has reached its end, each by itself. Return how many left."""
    now = now or timezone.now()
    found = [(model, pk) for model in _models() for pk in _expired(model, now)]
    return sum(bool(guarded(_expire, each, now)) for each in found)


def _publish(pk: int, now: datetime) -> bool:
    if (found := Revision.objects.get(pk=pk).content_object) is not None:
        lock(getattr(found, "specific", found))
    revision = Revision.objects.select_for_update(of=("self",)).get(pk=pk)
    at = revision.approved_go_live_at
    if at is None or at > now:
        return False
    schedule = ScheduledPublication.objects.filter(revision=revision, state=ScheduleState.WAITING).first()
    reason = _refusal(schedule)
    if reason or schedule is None:
        return _stop(schedule, revision, reason)
    # No person acts here: the approval does.
    revision.publish(log_action="wagtail.publish.scheduled", skip_permission_checks=True)
    subject = schedule.subject
    clear_dates(subject, "go_live_at", now)
    is_late = now - at > MISSED_AFTER
    _end(schedule, ScheduleState.LATE if is_late else ScheduleState.DONE)
    record("schedule.published", subject, after={"revision": revision.pk}, due=at.isoformat())
    _tell(schedule, "schedule.published", _("已公开：%(title)s"), _("按 %(at)s（北京时间）的定时公开。"))
    if is_late:
        alarm(subject, at, now, _("定时公开"))
    return True


def _refusal(schedule: ScheduledPublication | None) -> str:
    """Say why the approval no longer carries; empty where it does."""
    if schedule is None:
        return _("没有批准这次定时公开的记录。")
    subject = schedule.subject
    if subject is None:
        return _("内容已不存在。")
    if chain_of(subject) != schedule.chain:
        return _("批准之后，它或它的单位改了隶属，须由现在的上级重新审核。")
    return _change_since_approval(schedule.revision)


def _change_since_approval(revision: Revision) -> str:
    """Say what the finishing action would refuse; a file may have been replaced in the meantime."""
    approvals = TieredTaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    approved = approvals.order_by("-finished_at", "-pk").first()
    if approved is None:
        return _("没有批准这次定时公开的记录。")
    try:
        refuse_what_changed(approved.workflow_state, approved)
    except ValidationError as error:
        return str(error.messages[0])
    return ""


def _stop(schedule: ScheduledPublication | None, revision: Revision, reason: str) -> bool:
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    subject = revision.content_object
    record("schedule.stopped", getattr(subject, "specific", subject), result=Result.REFUSED, reason=reason)
    if schedule is not None:
        _end(schedule, ScheduleState.STOPPED, reason=reason)
        _tell(schedule, "schedule.stopped", _("定时公开未执行：%(title)s"), _("原因：%(reason)s"))
    return False


def _expire(what: tuple[Any, int], now: datetime) -> bool:
    model, pk = what
    found = model._base_manager.get(pk=pk)
    subject = lock(getattr(found, "specific", found))
    at = subject.expire_at
    if not subject.live or at is None or at > now:
        return False
    last = subject.live_revision
    subject.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    clear_dates(subject, "expire_at", now, last)
    close_reviews(subject)
    record("publication.expired", subject, before={"live": True}, after={"live": False}, due=at.isoformat())
    if now - at > MISSED_AFTER:
        alarm(subject, at, now, _("到期撤下"))
    return True


def clear_dates(subject: Any, field: str, now: datetime, last: Revision | None = None) -> None:
    """Empty a date that has done its work, so that the next edit does not stumble over it (wagtail/wagtail#13896).

    What is in review is left as it was submitted: nobody approves what was rewritten under his eyes.
    """
    model = Page if isinstance(subject, Page) else type(subject)
    model._base_manager.filter(pk=subject.pk).update(**{field: None})
    in_review = {subject.latest_revision} if subject.workflow_in_progress else set()
    for revision in {last, subject.live_revision, subject.latest_revision} - in_review - {None}:
        at = dateparse.parse_datetime(revision.content.get(field) or "")
        if at is not None and at <= now:
            content = {**revision.content, field: None}
            Revision.objects.filter(pk=revision.pk).update(content=content)
            Fingerprint.objects.filter(revision=revision.pk).update(content_hash=content_hash(content))


def alarm(subject: Any, at: datetime, now: datetime, what: str) -> None:
    """Tell the operators that an hour was missed."""
    minutes = int((now - at).total_seconds() // 60)
    record("schedule.missed", subject, result=Result.FAILED, due=at.isoformat(), minutes=minutes)
    names = {"what": what, "title": subject, "at": _beijing(at), "minutes": minutes}
    message = Message(
        "escalation.schedule",
        _("%(what)s迟了 %(minutes)d 分钟：%(title)s") % names,
        _("应于 %(at)s（北京时间）执行，现已补做。请检查后台进程 manage.py work 是否在运行。") % names,
    )
    write(get_user_model()._default_manager.filter(is_superuser=True, is_active=True), message)


def _end(schedule: ScheduledPublication, state: str, user: Any = None, reason: str = "") -> None:
    schedule.state, schedule.ended_at, schedule.ended_by, schedule.reason = state, timezone.now(), user, reason[:255]
    schedule.save(update_fields=["state", "ended_at", "ended_by", "reason"])


def _tell(schedule: ScheduledPublication, kind: str, heading: str, body: str, *, but: Any = None) -> None:
    names = {"title": schedule.title, "at": _beijing(schedule.go_live_at), "reason": schedule.reason}
    ids = {schedule.submitted_by_id, schedule.approved_by_id} - {but.pk if but is not None else None}
    write(people(*ids), Message(kind, heading % names, body % names, organisation=schedule.organisation))


def _beijing(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def _models() -> Iterator[Any]:
    yield Page
    yield from (
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    )


def _expired(model: Any, now: datetime) -> list[int]:
    found = model._base_manager.filter(live=True, expire_at__lte=now).order_by("expire_at")
    return list(found.values_list("pk", flat=True))
