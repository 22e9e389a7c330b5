"""Whose appointments may this person change? Those of organisations strictly below: nobody appoints beside himself."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.models import Page

from accounts.authority import governs
from accounts.models import Duty
from pages.identity import source_of
from pages.models import OrganisationPage


def may_appoint_at(user: Any, organisation: Page) -> bool:
    """May this person appoint here: an administrator of an office above, or the operator (DB21/T 2175.5 §4.1.9)?"""
    if not user.is_active:
        return False
    above = source_of(organisation).get_parent()
    return bool(user.is_superuser or (above is not None and governs(user, above, [Duty.ADMINISTRATOR])))


def organisation_to_staff(user: Any, pk: int) -> OrganisationPage:
    """Return the organisation, in the source language, if the person may appoint there; 403 otherwise."""
    organisation: OrganisationPage = source_of(get_object_or_404(OrganisationPage, pk=pk))
    if not may_appoint_at(user, organisation):
        raise PermissionDenied
    return organisation
