"""Hooks of the audit; imported by cms.wagtail_hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.models import User
from accounts.separation import OPERATOR, may_touch_account, refuse_second_power

from .panels import AuditPanel
from .reach import may_read

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@hooks.register("register_admin_urls")
def audit_urls() -> list[Any]:
    """Mount the screens."""
    return [path("audit/", include("cms.audit.urls"))]


@hooks.register("construct_homepage_panels")
def audit_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Tell auditors what the last day brought."""
    panels.append(AuditPanel())


class AuditMenuItem(MenuItem):
    """审计, for those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask."""
        return may_read(request.user)


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def keep_hands_off_auditors(request: HttpRequest, user: Any) -> HttpResponse | None:
    """Refuse what would make the operator an auditor, or an auditor the operator, where powers are separated."""
    if user != request.user and not may_touch_account(request.user, user):
        raise PermissionDenied
    if request.POST.get("is_superuser"):
        try:
            refuse_second_power(user, OPERATOR)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("wagtailusers_users:edit", user.pk)
    return None


@hooks.register("before_bulk_action")
def keep_hands_off_auditors_in_bulk(request: HttpRequest, action_type: str, objects: Any, action: Any) -> None:
    """The same for many at once."""
    people = [each for each in objects if isinstance(each, User)]
    if not all(may_touch_account(request.user, person) for person in people):
        raise PermissionDenied


@hooks.register("register_admin_menu_item")
def audit_menu_item() -> AuditMenuItem:
    """Put the audit into the menu."""
    return AuditMenuItem(_("审计"), reverse_lazy("audit:events"), name="audit", icon_name="history", order=900)
