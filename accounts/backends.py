"""Who may enter the admin: whoever holds an appointment in force."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from .authority import grants, is_appointed, roots
from .policies import PAGE_ACTIONS

ADMIN_ACCESS = "wagtailadmin.access_admin"
# wagtail-localize asks for this first; which page or item, its views ask afterwards (cms.languages).
TRANSLATION = "wagtail_localize.submit_translation"
FOR_THE_OPERATOR = ("accounts.", "auth.")
BY_APPOINTMENT = {ADMIN_ACCESS, TRANSLATION}


class AppointmentBackend(ModelBackend):
    """Django's backend, plus admin access and translating by appointment instead of by group."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Grant these two to the appointed and to nobody else, whatever group they are in; all else as Django says."""
        if perm == ADMIN_ACCESS and obj is None:
            return is_appointed(user_obj)
        if perm == TRANSLATION and not roots(user_obj, PAGE_ACTIONS):
            return False
        if perm in BY_APPOINTMENT:
            return bool(user_obj.is_active and obj is None and grants(user_obj))
        # Whoever could write accounts or groups could make himself anything: superusers alone, who are not asked here.
        if perm.startswith(FOR_THE_OPERATOR):
            return False
        return super().has_perm(user_obj, perm, obj)
