"""App configuration: registers the page policy."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, appointments, tiers and the permission policies."""

    name = "accounts"
    verbose_name = "办事公开账号"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the policy for pages; more specific than Wagtail's for AbstractPage, so it wins."""
        from django.db.models.signals import pre_save  # noqa: PLC0415
        from wagtail.models import Page  # noqa: PLC0415 (models are loaded only now)
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415

        from .models.appointment import Appointment, written_in_bulk  # noqa: PLC0415
        from .policies import AppointmentPagePolicy  # noqa: PLC0415
        from .separation import refuse_at_appointment, refuse_in_bulk  # noqa: PLC0415

        register_permission_policy(Page, AppointmentPagePolicy())
        pre_save.connect(refuse_at_appointment, sender=Appointment, dispatch_uid="separation")
        written_in_bulk.connect(refuse_in_bulk, sender=Appointment, dispatch_uid="separation")
