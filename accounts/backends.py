"""Who may enter the admin: whoever holds an appointment in force."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from .authority import grants

ADMIN_ACCESS = "wagtailadmin.access_admin"


class AppointmentBackend(ModelBackend):
    """Django's backend, plus admin access by appointment instead of by group."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Grant admin access to the appointed; all else as Django says."""
        if perm == ADMIN_ACCESS and obj is None and user_obj.is_active and grants(user_obj):
            return True
        return super().has_perm(user_obj, perm, obj)
