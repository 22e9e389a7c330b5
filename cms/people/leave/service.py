"""Set and end a leave."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Appointment, Duty, Leave, User
from accounts.separation import refuse_second_power
from ledger.events import record
from ledger.letters import Message, write

from ..reach import may_appoint_at

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from wagtail.models import Page

LONGEST = timedelta(days=366)


def may_set(by: Any, user: User, organisation: Page) -> bool:
    """May this person set the leave: the person himself, or an administrator above?"""
    return bool(by.is_active and (by == user or may_appoint_at(by, organisation)))


def eligible(user: User, organisations: list[Any]) -> QuerySet[User]:
    """Return who may stand in: who works at one of the organisations or at its superior, and audits nowhere."""
    places = [each.pk for each in organisations] + [each.superior.pk for each in organisations if each.superior]
    in_force = Appointment.objects.in_force(timezone.localdate())
    held, auditing = in_force.filter(organisation__in=places), in_force.filter(duty=Duty.AUDITOR)
    able = User.objects.filter(pk__in=held.values("user")).exclude(pk__in=auditing.values("user"))
    return able.exclude(pk=user.pk).order_by("first_name", "pk")


@transaction.atomic
def set_leave(*, user: User, organisation: Any, deputy: User, days: tuple[date, date], by: Any) -> Leave:
    """Let the deputy hold what the person holds at the organisation on these days. Raises ValidationError."""
    since, until = days
    # One at a time for one person: two leaves of the same days would name two deputies.
    User.objects.select_for_update().get(pk=user.pk)
    _check_days(since, until)
    if by not in (user, None) and deputy == by:
        raise ValidationError(_("不能指定自己为代理人；请另选代理人，或由上级管理员登记。"))
    if not Appointment.objects.in_force(timezone.localdate()).filter(user=user, organisation=organisation.pk).exists():
        raise ValidationError(_("%(person)s在“%(place)s”没有任职，不用请假。") % _words(user, organisation))
    if not eligible(user, [organisation]).filter(pk=deputy.pk).exists():
        sentence = _("%(person)s不能代理：代理人须在“%(place)s”或其上级任职。")
        raise ValidationError(sentence % _words(deputy, organisation))
    _check_chain(user, organisation, deputy, days)
    if by != user and _administers(user, organisation, days):
        refuse_second_power(deputy, Duty.ADMINISTRATOR)
    leave = Leave.objects.create(
        user=user, organisation_id=organisation.pk, deputy=deputy, since=since, until=until,
        passes_administration=by != user, set_by=by,
    )  # fmt: skip
    _record("people.leave_set", leave, by)
    _tell(leave, _("%(deputy)s自%(since)s至%(until)s代理%(person)s在“%(place)s”的工作。"), by)
    return leave


def _check_days(since: date, until: date) -> None:
    if until < since:
        raise ValidationError(_("结束日期不能早于开始日期。"))
    if until < timezone.localdate():
        raise ValidationError(_("这几天已经过去，不用登记。"))
    if until - since > LONGEST:
        raise ValidationError(_("一次最多一年；更久的请办理移交。"))


def _check_chain(user: User, organisation: Page, deputy: User, days: tuple[date, date]) -> None:
    """Follow chains within one organisation; refuse what would leave a duty with somebody who is away."""
    others = Leave.objects.overlapping(*days)
    if others.filter(user=user, organisation=organisation.pk).exists():
        raise ValidationError(_("这段时间已登记过请假，请先结束原来的。"))
    away = others.filter(user=deputy)
    if away.exists() and not away.filter(organisation=organisation.pk).exists():
        raise ValidationError(_("%(person)s在此期间也请假，请另选代理人。") % _words(deputy, organisation))
    if away.filter(organisation=organisation.pk, deputy=user).exists():
        raise ValidationError(_("%(person)s在此期间由您代理，不能反过来代理您。") % _words(deputy, organisation))
    own = Appointment.objects.in_force(timezone.localdate()).filter(user=user).values("organisation")
    promised = others.filter(deputy=user).exclude(Q(organisation=organisation.pk) | Q(organisation__in=own)).first()
    if promised is not None:
        sentence = _("%(person)s在此期间代理%(absent)s在“%(place)s”的工作，请先为那里另定代理人。")
        words = _words(user, promised.organisation) | {"absent": promised.user}
        raise ValidationError(sentence % words)


def _administers(user: User, organisation: Page, days: tuple[date, date]) -> bool:
    """Does the person administer here, himself or for somebody who is away on these days?"""
    absent = Leave.objects.overlapping(*days).filter(
        deputy=user, organisation=organisation.pk, passes_administration=True
    )
    held = Appointment.objects.filter(organisation=organisation.pk, duty=Duty.ADMINISTRATOR)
    held = held.exclude(until__lt=timezone.localdate())
    return held.filter(Q(user=user) | Q(user__in=absent.values("user"))).exists()


@transaction.atomic
def end_leave(*, leave: Leave, by: Any) -> None:
    """End it now: the person holds everything again. One that has not begun is taken back."""
    leave = (
        Leave.objects.select_for_update(of=("self",)).select_related("user", "deputy", "organisation").get(pk=leave.pk)
    )
    today = timezone.localdate()
    if leave.until < today:
        raise ValidationError(_("这次请假已经结束。"))
    _record("people.leave_ended", leave, by)
    if leave.since >= today:
        leave.delete()
    else:
        leave.until = today - timedelta(days=1)
        leave.save(update_fields=["until"])
    _tell(leave, _("%(person)s已销假，“%(place)s”的工作不再由%(deputy)s代理。"), by)


def _words(person: User, organisation: Page) -> dict[str, Any]:
    return {"person": person, "place": organisation.title}


def _record(kind: str, leave: Leave, by: Any) -> None:
    days = {"since": leave.since.isoformat(), "until": leave.until.isoformat()}
    names = {"deputy": leave.deputy.username, "deputy_name": str(leave.deputy)}
    record(kind, leave.user, organisation=leave.organisation, actor=by, **days, **names)


def _tell(leave: Leave, sentence: str, by: Any) -> None:
    words = _words(leave.user, leave.organisation) | {
        "deputy": leave.deputy,
        "since": leave.since,
        "until": leave.until,
    }
    text = sentence % words
    people = [person for person in (leave.deputy, leave.user) if person != by]
    write(people, Message("people.leave", text, text, reverse("people:leave"), organisation=leave.organisation))
