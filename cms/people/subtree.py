"""What lies below a person as an administrator: organisations and people. Queries, never lists of thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.authority import roots, within
from accounts.models import Appointment, Duty, User
from accounts.separation import may_touch_account
from pages.identity import source_locale_id
from pages.models import OrganisationPage

if TYPE_CHECKING:
    from django.db.models import QuerySet


def below(user: Any, field: str = "") -> Q:
    """Return the condition "strictly below where this person administers"; for the operator, everywhere."""
    if user.is_superuser and user.is_active:
        return Q()
    prefixes = roots(user, [Duty.ADMINISTRATOR])
    path = f"{field}__path" if field else "path"
    return within(prefixes, field) & ~Q(**{f"{path}__in": prefixes})


def organisations_below(user: Any) -> QuerySet[OrganisationPage]:
    """Return the organisations below, in the source language, in the order of the tree."""
    found: QuerySet[OrganisationPage] = OrganisationPage.objects.filter(below(user), locale_id=source_locale_id())
    return found.order_by("path")


def oversees(user: Any) -> bool:
    """Is there anybody this person may answer for: an administrator, or the operator?"""
    return bool(user.is_superuser or roots(user, [Duty.ADMINISTRATOR]))


def require_oversight(user: Any) -> None:
    """Raise PermissionDenied for everybody but administrators and the operator."""
    if not oversees(user):
        raise PermissionDenied


def people_below(user: Any) -> QuerySet[User]:
    """Return the people who hold or held an appointment below."""
    appointments = Appointment.objects.filter(below(user, "organisation"), user=OuterRef("pk"))
    if user.is_superuser:
        return User.objects.filter(Exists(appointments) | Q(appointments=None, is_superuser=False)).distinct()
    return User.objects.filter(Exists(appointments), is_superuser=False)


def may_manage(user: Any, person: User) -> bool:
    """May this person change the other's account: all he holds, or last held, lies strictly below?

    Who holds anything beside or above is not touched, whatever he holds below: a changed mail address is a way into an
    account, and so to everything it reaches.
    """
    if person == user or not user.is_active:
        return False
    if user.is_superuser:
        return may_touch_account(user, person)
    if person.is_superuser or person.is_staff:
        return False
    held = Appointment.objects.filter(user=person)
    current = held.filter(Q(until=None) | Q(until__gte=timezone.localdate()))
    counting = current if current.exists() else held
    # Nobody touches the account of who watches over him.
    beyond = counting.filter(~below(user, "organisation") | Q(duty=Duty.AUDITOR))
    return counting.exists() and not beyond.exists()


def person_to_manage(user: Any, pk: int) -> User:
    """Return the person if his account may be changed; 404 for who is not below, 403 for who is beside or above too."""
    require_oversight(user)
    person: User = get_object_or_404(people_below(user), pk=pk)
    if not may_manage(user, person):
        raise PermissionDenied
    return person
