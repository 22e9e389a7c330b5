"""Correct, move, stop and restart people below; each act is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Appointment, Duty, User
from ledger.events import record

from ..reach import may_appoint_at
from ..staff import appoint, change
from ..subtree import may_manage

if TYPE_CHECKING:
    from pages.models import OrganisationPage

DETAILS = ("first_name", "last_name", "email", "phone")


@transaction.atomic
def correct(*, person: User, values: dict[str, str], by: Any) -> User:
    """Change name, mail and phone. The whole name stands in one field."""
    locked = User.objects.select_for_update().get(pk=person.pk)
    _require(by, locked)
    before = {name: getattr(locked, name) for name in DETAILS}
    for name, value in {**values, "last_name": ""}.items():
        setattr(locked, name, value)
    locked.save(update_fields=DETAILS)
    # Which details, not what they are: an event outlives the account.
    changed = sorted(name for name in DETAILS if getattr(locked, name) != before[name])
    if changed:
        record("people.corrected", locked, organisation=_place_of(locked), actor=by, changed=changed)
    return locked


@transaction.atomic
def move(*, appointment: Appointment, place: OrganisationPage, by: Any) -> Appointment:
    """Move an appointment to another organisation below. Raises ValidationError and PermissionDenied."""
    for organisation in (appointment.organisation, place):
        if not may_appoint_at(by, organisation.specific):
            raise PermissionDenied
    if appointment.duty == Duty.AUDITOR:
        raise PermissionDenied
    appointment = Appointment.objects.select_for_update(of=("self",)).select_related("user").get(pk=appointment.pk)
    if not Appointment.objects.in_force(timezone.localdate()).filter(pk=appointment.pk).exists():
        raise ValidationError(_("这项任命不在任（已免职或暂停），不能调动。"))
    if appointment.organisation_id == place.pk:
        raise ValidationError(_("%(person)s已在“%(place)s”。") % {"person": appointment.user, "place": place.title})
    left = appointment.organisation.title
    change(appointment, "relieve", by)
    moved = appoint(place, appointment.duty, appointment.user.username, by).appointment
    record(
        "people.moved", appointment.user, organisation=place, actor=by,
        before=left, after=place.title, duty=appointment.duty,
    )  # fmt: skip
    return moved


@transaction.atomic
def set_active(*, person: User, active: bool, by: Any) -> User:
    """Stop an account, or let it be used again. Nobody is signed in with a stopped one."""
    locked = User.objects.select_for_update().get(pk=person.pk)
    _require(by, locked)
    if locked.is_active == active:
        raise ValidationError(_("账号状态已经变更，请刷新后再看。"))
    locked.is_active = active
    locked.save(update_fields=["is_active"])
    kind = "people.restarted" if active else "people.stopped"
    record(kind, locked, organisation=_place_of(locked), actor=by, username=locked.username)
    return locked


def _require(by: Any, person: User) -> None:
    if not may_manage(by, person):
        raise PermissionDenied


def _place_of(person: User) -> Any:
    latest = Appointment.objects.filter(user=person).order_by("-since", "-pk").select_related("organisation").first()
    return latest.organisation if latest else None
