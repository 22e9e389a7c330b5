"""Appoint, suspend, resume, relieve: each is written to the organisation's history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import Appointment, Duty, User
from accounts.passwords import issue
from ledger.events import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from wagtail.models import Page


# What the history of the organisation calls it → what the audit calls it.
KINDS = {
    "accounts.appoint": "people.appointed",
    "accounts.suspend": "people.suspended",
    "accounts.resume": "people.resumed",
    "accounts.relieve": "people.relieved",
}


@dataclass(frozen=True)
class Appointed:
    """What was made; `password` is the first password of a new account, else empty. It is shown once."""

    appointment: Appointment
    password: str = ""


@transaction.atomic
def appoint(organisation: Page, duty: str, name: str, by: Any) -> Appointed:
    """Appoint a person from today; `name` is "username" of an account, or "username 姓名" of a new one.

    Who held this duty here before holds it again. Raises ValidationError for one's own account.
    """
    username, _separator, full_name = name.partition(" ")
    user = User.objects.filter(username=username).first()
    if user is not None and user == by:
        raise ValidationError(_("不能任命自己；请上级管理员任命。"))
    password = ""
    if user is None:
        user = User.objects.create_user(username, first_name=full_name.strip())
        password = issue(user)
    appointment, made = Appointment.objects.get_or_create(
        user=user, organisation_id=organisation.pk, duty=Duty(duty), defaults={"since": timezone.localdate()}
    )
    before = None if made else _standing(appointment)
    if not made and not _is_in_force(appointment):
        appointment.since, appointment.until, appointment.is_suspended = timezone.localdate(), None, False
        appointment.save()
    _record("accounts.appoint", appointment, by, before)
    return Appointed(appointment, password)


def _is_in_force(appointment: Appointment) -> bool:
    held = Appointment.objects.in_force(timezone.localdate())
    return held.filter(pk=appointment.pk).exists()


def suspend(appointment: Appointment) -> None:
    """Let it not count for a time."""
    appointment.is_suspended = True


def resume(appointment: Appointment) -> None:
    """Let it count again."""
    appointment.is_suspended = False


def relieve(appointment: Appointment) -> None:
    """End it: yesterday was its last day."""
    appointment.until = timezone.localdate() - timedelta(days=1)
    appointment.since = min(appointment.since, appointment.until)


ACTS: dict[str, Callable[[Appointment], None]] = {"suspend": suspend, "resume": resume, "relieve": relieve}


@transaction.atomic
def change(appointment: Appointment, act: str, by: Any) -> None:
    """Do one of ACTS. Raises ValidationError for one's own appointment."""
    if appointment.user == by:
        raise ValidationError(_("不能变更自己的任命；请上级管理员变更。"))
    before = _standing(appointment)
    ACTS[act](appointment)
    appointment.save()
    _record(f"accounts.{act}", appointment, by, before)


def _standing(appointment: Appointment) -> dict[str, Any]:
    return {name: getattr(appointment, name) for name in ("since", "until", "is_suspended")}


def _record(action: str, appointment: Appointment, by: Any, before: dict[str, Any] | None) -> None:
    data = {"person": str(appointment.user), "username": appointment.user.username, "duty": appointment.duty}
    organisation = appointment.organisation
    log(instance=organisation.specific, action=action, user=by, data=data)
    changed = {"before": before, "after": _standing(appointment)}
    duty = {"duty": appointment.duty, "username": appointment.user.username}
    record(KINDS[action], appointment.user, organisation=organisation, actor=by, **changed, **duty)
