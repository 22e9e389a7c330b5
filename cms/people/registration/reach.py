"""Who fills a form in, and who confirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.authority import governs, holders, roots, within
from accounts.models import Duty
from pages.identity import source_locale_id, source_of
from pages.models import OrganisationPage

from ..reach import may_appoint_at

if TYPE_CHECKING:
    from django.db.models import QuerySet

FILLING = (Duty.EDITOR, Duty.ADMINISTRATOR)


def may_fill(user: Any, organisation: Any) -> bool:
    """May this person write in the form: the unit's editor or administrator, or one above?"""
    return bool(user.is_active and (user.is_superuser or governs(user, organisation, FILLING)))


def may_confirm(user: Any, organisation: Any, submitted_by: int | None) -> bool:
    """May this person confirm or return it: an administrator above who did not submit it himself?

    Where the unit has nobody yet, the superior enters the paper form and confirms it: accounts come from it.
    """
    if not may_appoint_at(user, organisation):
        return False
    return submitted_by != user.pk or not holders(organisation, FILLING)


def organisation_to_see(user: Any, pk: int) -> OrganisationPage:
    """Return the organisation, in the source language, if the person fills in or confirms its form; 403 otherwise."""
    organisation: OrganisationPage = source_of(get_object_or_404(OrganisationPage, pk=pk)).specific
    if not may_fill(user, organisation):
        raise PermissionDenied
    return organisation


def organisations_to_see(user: Any) -> QuerySet[OrganisationPage]:
    """Return the organisations whose forms the person fills in or confirms, in the order of the tree."""
    found: QuerySet[OrganisationPage] = OrganisationPage.objects.filter(locale_id=source_locale_id())
    if not user.is_superuser:
        found = found.filter(within(roots(user, FILLING)))
    return found.order_by("path")
