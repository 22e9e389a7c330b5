"""Who reads which events: an auditor those of his organisation and below; the city's auditor all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from wagtail.models import Page

from accounts.authority import roots, within
from accounts.models import Duty
from accounts.policies import PORTAL_DEPTH
from accounts.separation import is_separated
from ledger.models import Event

if TYPE_CHECKING:
    from django.db.models import QuerySet


def may_read(user: Any) -> bool:
    """May this person read the audit at all?"""
    return bool(user.is_active and (_reads_all(user) or _prefixes(user)))


def readable(user: Any) -> QuerySet[Event]:
    """Return the events this person may read. Raises PermissionDenied for whoever may read none.

    What is nobody's matter in particular (commands, strangers at the door), and what happened at organisations that
    are gone, is the city's.
    """
    if not may_read(user):
        raise PermissionDenied
    if _reads_all(user):
        return Event.objects.all()
    return Event.objects.filter(within(_prefixes(user), "organisation"))


def _reads_all(user: Any) -> bool:
    if user.is_superuser:
        return not is_separated()
    return any(len(prefix) <= PORTAL_DEPTH * Page.steplen for prefix in _prefixes(user))


def _prefixes(user: Any) -> list[str]:
    """Return the nodes from which downwards the person reads; where powers are separated, only as an auditor."""
    if is_separated():
        return [] if user.is_superuser else roots(user, [Duty.AUDITOR])
    return roots(user, [Duty.AUDITOR, Duty.ADMINISTRATOR])
