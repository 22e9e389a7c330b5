"""三权分立: system operation, the administration of people, and the audit lie in three different hands.

GB/T 22239-2019 wants them separated (8.1.5.1–8.1.5.3, 8.1.7.1). Off by default: a small office has not enough people.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Appointment, Duty, User

if TYPE_CHECKING:
    from collections.abc import Iterable

OPERATOR = "operator"
POWERS = {
    OPERATOR: gettext_lazy("系统运维"),
    Duty.ADMINISTRATOR: gettext_lazy("人员管理"),
    Duty.AUDITOR: gettext_lazy("审计"),
}


def is_separated() -> bool:
    """Are the three powers to be separated here (GONGKAI_SEPARATE_DUTIES)?"""
    return bool(settings.SEPARATE_DUTIES)


def powers_of(user: User) -> set[str]:
    """Return which of the three powers a person holds, today or from a later day on. One query."""
    today = timezone.localdate()
    held = Appointment.objects.filter(user=user, duty__in=list(POWERS)).exclude(until__lt=today)
    return set(held.values_list("duty", flat=True)) | ({OPERATOR} if user.is_superuser else set())


def refuse_second_power(user: User, power: str) -> None:
    """Raise ValidationError when somebody who is given one of the three powers holds another."""
    if power not in POWERS or not is_separated():
        return
    if others := powers_of(user) - {power}:
        names = {"person": user, "held": _named(others), "power": POWERS[power]}
        raise ValidationError(_("%(person)s已担任%(held)s，不能兼任%(power)s：三权分立，须由不同的人担任。") % names)


def may_touch_account(by: Any, person: User) -> bool:
    """May somebody else change this account, its password or its second factor? Nobody that of who watches over him.

    Where powers are not separated the operator helps auditors like everybody. One query.
    """
    return Duty.AUDITOR not in powers_of(person) or (by.is_superuser and not is_separated())


def refuse_at_appointment(sender: Any, instance: Appointment, **kwargs: Any) -> None:
    """Ask before an appointment is stored, whoever stores it."""
    is_over = instance.until is not None and instance.until < timezone.localdate()
    if instance.duty in POWERS and not is_over:
        refuse_second_power(instance.user, instance.duty)


def refuse_in_bulk(sender: Any, users: set[int], before: set[tuple[int, str]], **kwargs: Any) -> None:
    """Ask after many appointments were stored at once: nobody among them has got a second power. Two queries."""
    if not is_separated():
        return
    after = Appointment.objects.filter(user__in=users, duty__in=list(POWERS)).held()
    gained = {user for user, _duty in after - before}
    for person in User.objects.filter(pk__in=gained):
        powers = {duty for user, duty in after if user == person.pk} | ({OPERATOR} if person.is_superuser else set())
        if len(powers) > 1:
            names = {"person": person, "held": _named(powers)}
            raise ValidationError(_("%(person)s不能同时担任%(held)s：三权分立，须由不同的人担任。") % names)


def conflicts() -> list[tuple[User, str]]:
    """Return who holds two of the three powers, and which. Two queries."""
    held: dict[int, set[str]] = defaultdict(set)
    appointed = Appointment.objects.filter(duty__in=list(POWERS)).exclude(until__lt=timezone.localdate())
    for user, duty in appointed.values_list("user", "duty"):
        held[user].add(duty)
    people = User.objects.filter(pk__in=held, is_active=True).order_by("username")
    found = [(user, held[user.pk] | ({OPERATOR} if user.is_superuser else set())) for user in people]
    return [(user, _named(powers)) for user, powers in found if len(powers) > 1]


def _named(powers: Iterable[str]) -> str:
    return _("、").join(str(label) for power, label in POWERS.items() if power in set(powers))
