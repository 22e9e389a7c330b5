"""Hooks of the audit; imported by cms.wagtail_hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .reach import may_read

if TYPE_CHECKING:
    from django.http import HttpRequest


@hooks.register("register_admin_urls")
def audit_urls() -> list[Any]:
    """Mount the screens."""
    return [path("audit/", include("cms.audit.urls"))]


class AuditMenuItem(MenuItem):
    """审计, for those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask."""
        return may_read(request.user)


@hooks.register("register_admin_menu_item")
def audit_menu_item() -> AuditMenuItem:
    """Put the audit into the menu."""
    return AuditMenuItem(_("审计"), reverse_lazy("audit:events"), name="audit", icon_name="history", order=900)
