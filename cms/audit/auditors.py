"""Appoint and relieve auditors: the first one by a command, those below by auditors above.

docs/decisions/0006: neither the operator nor an administrator chooses who watches over him.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone

from accounts.authority import governs, roots, within
from accounts.models import Appointment, Duty
from pages.identity import source_of, sources
from pages.models import OrganisationPage

from ..people.staff import appoint, change

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from wagtail.models import Page

    from ..people.staff import Appointed


def may_appoint_auditors_at(user: Any, organisation: Page) -> bool:
    """May this person appoint auditors here: an auditor of an organisation above? Nobody appoints beside himself."""
    above = source_of(organisation).get_parent()
    return bool(user.is_active and above is not None and governs(user, above, [Duty.AUDITOR]))


def may_appoint_somewhere(user: Any) -> bool:
    """Is this person an auditor with organisations below?"""
    return bool(user.is_active and roots(user, [Duty.AUDITOR]))


def organisations_below(user: Any, words: str = "") -> QuerySet[OrganisationPage]:
    """Return the organisations where the person appoints auditors, each with their number; 403 where there are none.

    `words` is part of their title.
    """
    nodes = roots(user, [Duty.AUDITOR])
    if not nodes:
        raise PermissionDenied
    held = Appointment.objects.in_force(timezone.localdate()).filter(duty=Duty.AUDITOR)
    here = held.filter(organisation=OuterRef("pk")).order_by().values("organisation").annotate(number=Count("pk"))
    below = sources(OrganisationPage.objects.filter(within(nodes)).exclude(path__in=nodes))
    if words:
        below = below.filter(title__icontains=words)
    found: QuerySet[OrganisationPage] = below.annotate(auditors=Subquery(here.values("number"))).order_by("path")
    return found


def auditors_at(organisation: Page) -> QuerySet[Appointment]:
    """Return the appointments of auditors to exactly this organisation."""
    held = Appointment.objects.filter(organisation=organisation.pk, duty=Duty.AUDITOR)
    return held.select_related("user").order_by("-since", "pk")


def appoint_auditor(*, organisation: Page, person: str, by: Any) -> Appointed:
    """Appoint an auditor; `by` is None for the command. Raises ValidationError."""
    return appoint(organisation, Duty.AUDITOR, person, by)


def change_auditor(*, appointment: Appointment, act: str, by: Any) -> None:
    """Suspend, resume or relieve an auditor. Raises ValidationError."""
    change(appointment, act, by)
