"""May this person work here? Every tool asks about *this* page for *this* user."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.models import Page

from accounts.authority import governs
from accounts.models import Duty
from pages.models import DepartmentPage, OrganisationPage, RecordPage


def organisation_to_fill(user: Any, pk: int) -> Any:
    """Return the organisation where the person may add pages; 403 otherwise."""
    organisation = get_object_or_404(OrganisationPage, pk=pk).specific
    if not organisation.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    return organisation


def record_to_copy(user: Any, pk: int) -> Any:
    """Return the disclosure or notice if the person may edit it and add beside it; 403 otherwise, 404 for others."""
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, RecordPage):
        raise PermissionDenied
    parent = page.get_parent()
    if not page.permissions_for_user(user).can_edit() or not parent.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    return page


def may_found_under(user: Any, department: Page) -> bool:
    """May this person found units here: an administrator of the department or of an office above it?"""
    return bool(user.is_superuser or governs(user, department, [Duty.ADMINISTRATOR]))


def department_to_found_under(user: Any, pk: int) -> DepartmentPage:
    """Return the department if the person may found units under it; 403 otherwise."""
    department: DepartmentPage = get_object_or_404(DepartmentPage, pk=pk)
    if not may_found_under(user, department):
        raise PermissionDenied
    return department
